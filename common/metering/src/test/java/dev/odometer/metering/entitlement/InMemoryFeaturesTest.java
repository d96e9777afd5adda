package dev.odometer.metering.entitlement;

class InMemoryFeaturesTest extends FeaturesContract {

    @Override
    protected House empty() {
        return House.inMemory();
    }
}
