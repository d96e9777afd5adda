package dev.odometer.metering.invoice;

class InMemoryDiscardsTest extends DiscardsContract {

    @Override
    protected InvoiceStores empty() {
        return InvoiceStores.inMemory();
    }
}
