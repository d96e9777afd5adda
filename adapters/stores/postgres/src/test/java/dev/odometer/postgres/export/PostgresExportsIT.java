package dev.odometer.postgres.export;

import dev.odometer.metering.export.Exports;
import dev.odometer.metering.export.ExportsContract;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresExportsIT extends ExportsContract {

    @Override
    protected Exports empty() {
        return TestDatabase.emptyStore(Clock.systemUTC()).exports();
    }
}
