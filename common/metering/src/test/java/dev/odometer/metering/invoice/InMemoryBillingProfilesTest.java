package dev.odometer.metering.invoice;

class InMemoryBillingProfilesTest extends BillingProfilesContract {

    @Override
    protected InvoiceStores empty() {
        return InvoiceStores.inMemory();
    }
}
