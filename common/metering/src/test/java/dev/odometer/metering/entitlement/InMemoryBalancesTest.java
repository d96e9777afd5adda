package dev.odometer.metering.entitlement;

class InMemoryBalancesTest extends BalancesContract {

    @Override
    protected EntitlementStores empty() {
        return EntitlementStores.inMemory();
    }
}
