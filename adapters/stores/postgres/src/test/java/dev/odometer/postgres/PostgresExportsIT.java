package dev.odometer.postgres;

import dev.odometer.metering.export.Exports;
import dev.odometer.metering.export.ExportsContract;
import java.time.Clock;

class PostgresExportsIT extends ExportsContract {

    @Override
    protected Exports empty() {
        return TestDatabase.emptyStore(Clock.systemUTC()).exports();
    }
}
