package dev.odometer.postgres;

import dev.odometer.metering.notification.OutboxContract;
import java.time.Clock;

class PostgresOutboxIT extends OutboxContract {

    @Override
    protected Stores empty() {
        PostgresStore store = TestDatabase.emptyStore(Clock.systemUTC());
        return new Stores(store.notifications(), store.outbox());
    }
}
