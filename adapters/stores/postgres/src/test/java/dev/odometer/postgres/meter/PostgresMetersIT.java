package dev.odometer.postgres.meter;

import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.meter.MetersContract;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresMetersIT extends MetersContract {

    @Override
    protected Meters empty() {
        return TestDatabase.emptyStore(Clock.systemUTC()).meters();
    }
}
