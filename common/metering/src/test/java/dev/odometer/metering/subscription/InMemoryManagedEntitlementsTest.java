package dev.odometer.metering.subscription;

class InMemoryManagedEntitlementsTest extends ManagedEntitlementsContract {

    @Override
    protected SubscriptionStores empty() {
        return SubscriptionStores.inMemory();
    }
}
