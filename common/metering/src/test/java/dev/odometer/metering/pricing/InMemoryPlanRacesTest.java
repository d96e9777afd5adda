package dev.odometer.metering.pricing;

class InMemoryPlanRacesTest extends PlanRacesContract {

    @Override
    protected Plans empty() {
        return new InMemoryPlans();
    }
}
