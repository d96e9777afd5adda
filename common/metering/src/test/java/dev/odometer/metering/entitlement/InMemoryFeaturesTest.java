package dev.odometer.metering.entitlement;

class InMemoryFeaturesTest extends FeaturesContract {

    @Override
    protected EntitlementStores empty() {
        return EntitlementStores.inMemory();
    }
}
