package dev.odometer.metering.invoice;

import dev.odometer.metering.subscription.SubscriptionStores;

/** The ports that invoices use, on one empty store. */
public record InvoiceStores(SubscriptionStores subscribed, BillingProfiles profiles, Invoices invoices) {

    public static InvoiceStores inMemory() {
        var subscribed = SubscriptionStores.inMemory();
        var profiles = new InMemoryBillingProfiles(subscribed.house().customers());
        var ids = new dev.odometer.metering.resource.Ulid(java.time.Clock.systemUTC());
        return new InvoiceStores(subscribed, profiles, new InMemoryInvoices(subscribed, profiles, ids));
    }
}
