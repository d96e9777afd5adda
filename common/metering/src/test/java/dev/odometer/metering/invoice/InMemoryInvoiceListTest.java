package dev.odometer.metering.invoice;

class InMemoryInvoiceListTest extends InvoiceListContract {

    @Override
    protected InvoiceStores empty() {
        return InvoiceStores.inMemory();
    }
}
