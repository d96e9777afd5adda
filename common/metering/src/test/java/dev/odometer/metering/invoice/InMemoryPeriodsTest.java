package dev.odometer.metering.invoice;

class InMemoryPeriodsTest extends InvoicePeriodsContract {

    @Override
    protected InvoiceStores empty() {
        return InvoiceStores.inMemory();
    }
}
