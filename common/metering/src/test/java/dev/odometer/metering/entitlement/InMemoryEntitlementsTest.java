package dev.odometer.metering.entitlement;

class InMemoryEntitlementsTest extends EntitlementsContract {

    @Override
    protected EntitlementStores empty() {
        return EntitlementStores.inMemory();
    }
}
