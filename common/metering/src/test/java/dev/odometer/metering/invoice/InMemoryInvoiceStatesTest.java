package dev.odometer.metering.invoice;

class InMemoryInvoiceStatesTest extends InvoiceStatesContract {

    @Override
    protected InvoiceStores empty() {
        return InvoiceStores.inMemory();
    }
}
