package dev.odometer.metering.entitlement;

class InMemoryEntitlementsTest extends EntitlementsContract {

    @Override
    protected House empty() {
        return House.inMemory();
    }
}
