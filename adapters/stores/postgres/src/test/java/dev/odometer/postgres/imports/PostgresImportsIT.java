package dev.odometer.postgres.imports;

import dev.odometer.metering.imports.ImportsContract;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresImportsIT extends ImportsContract {

    @Override
    protected Store empty() {
        PostgresStore store = TestDatabase.emptyStore(Clock.systemUTC());
        return new Store(store.imports(), store.usage());
    }
}
