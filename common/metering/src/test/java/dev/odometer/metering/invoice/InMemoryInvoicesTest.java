package dev.odometer.metering.invoice;

class InMemoryInvoicesTest extends InvoicesContract {

    @Override
    protected InvoiceStores empty() {
        return InvoiceStores.inMemory();
    }
}
