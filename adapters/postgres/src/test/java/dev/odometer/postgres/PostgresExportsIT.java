package dev.odometer.postgres;

import dev.odometer.export.Exports;
import dev.odometer.export.ExportsContract;
import java.time.Clock;

class PostgresExportsIT extends ExportsContract {

    @Override
    protected Exports empty() {
        return TestDatabase.emptyStore(Clock.systemUTC()).exports();
    }
}
