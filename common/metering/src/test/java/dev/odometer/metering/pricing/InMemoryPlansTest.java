package dev.odometer.metering.pricing;

class InMemoryPlansTest extends PlansContract {

    @Override
    protected Plans empty() {
        return new InMemoryPlans();
    }
}
