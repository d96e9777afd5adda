package dev.odometer.metering.subscription;

class InMemorySubscriptionsTest extends SubscriptionsContract {

    @Override
    protected SubscriptionStores empty() {
        return SubscriptionStores.inMemory();
    }
}
