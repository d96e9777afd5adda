package dev.odometer.postgres.subscription;

import dev.odometer.metering.subscription.ManagedEntitlementsContract;
import dev.odometer.metering.subscription.SubscriptionStores;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresManagedEntitlementsIT extends ManagedEntitlementsContract {

    @Override
    protected SubscriptionStores empty() {
        PostgresStore store = TestDatabase.emptyStore(Clock.systemUTC());
        return new SubscriptionStores(TestDatabase.house(store), store.subscriptions());
    }
}
