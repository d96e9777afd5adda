package dev.odometer.metering.entitlement;

class InMemoryGrantsTest extends GrantsContract {

    @Override
    protected EntitlementStores empty() {
        return EntitlementStores.inMemory();
    }
}
