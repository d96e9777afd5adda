package dev.odometer.entitlement;

class InMemoryEntitlementsTest extends EntitlementsContract {

    @Override
    protected House empty() {
        return House.inMemory();
    }
}
