package dev.odometer.postgres;

import dev.odometer.metering.imports.ImportsContract;
import java.time.Clock;

class PostgresImportsIT extends ImportsContract {

    @Override
    protected Store empty() {
        PostgresStore store = TestDatabase.emptyStore(Clock.systemUTC());
        return new Store(store.imports(), store.usage());
    }
}
