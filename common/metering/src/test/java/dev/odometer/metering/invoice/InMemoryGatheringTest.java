package dev.odometer.metering.invoice;

class InMemoryGatheringTest extends GatheringContract {

    @Override
    protected InvoiceStores empty() {
        return InvoiceStores.inMemory();
    }
}
