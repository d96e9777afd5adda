package dev.odometer.postgres.notification;

import dev.odometer.metering.notification.OutboxContract;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresOutboxIT extends OutboxContract {

    @Override
    protected Stores empty() {
        PostgresStore store = TestDatabase.emptyStore(Clock.systemUTC());
        return new Stores(store.notifications(), store.outbox());
    }
}
