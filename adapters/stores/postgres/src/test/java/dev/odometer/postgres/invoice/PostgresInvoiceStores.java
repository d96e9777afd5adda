package dev.odometer.postgres.invoice;

import dev.odometer.metering.invoice.InvoiceStores;
import dev.odometer.metering.subscription.SubscriptionStores;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

/** The ports that invoices use, on the database of the tests. */
final class PostgresInvoiceStores {

    private PostgresInvoiceStores() {}

    static InvoiceStores empty() {
        return of(TestDatabase.emptyStore(Clock.systemUTC()));
    }

    static InvoiceStores of(PostgresStore store) {
        return new InvoiceStores(
                new SubscriptionStores(TestDatabase.house(store), store.subscriptions()),
                store.billingProfiles(),
                store.invoices());
    }
}
