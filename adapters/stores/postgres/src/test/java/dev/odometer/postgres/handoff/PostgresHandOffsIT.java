package dev.odometer.postgres.handoff;

import dev.odometer.metering.handoff.HandOffStores;
import dev.odometer.metering.handoff.HandOffsContract;
import dev.odometer.metering.invoice.InvoiceStores;
import dev.odometer.metering.subscription.SubscriptionStores;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresHandOffsIT extends HandOffsContract {

    @Override
    protected HandOffStores empty() {
        PostgresStore store = TestDatabase.emptyStore(Clock.systemUTC());
        var billing = new InvoiceStores(
                new SubscriptionStores(TestDatabase.house(store), store.subscriptions()),
                store.billingProfiles(),
                store.invoices());
        return new HandOffStores(billing, store.handOffs());
    }
}
