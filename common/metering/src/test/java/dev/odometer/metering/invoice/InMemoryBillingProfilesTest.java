package dev.odometer.metering.invoice;

class InMemoryBillingProfilesTest extends BillingProfilesContract {

    @java.lang.Override
    protected InvoiceStores empty() {
        return InvoiceStores.inMemory();
    }
}
