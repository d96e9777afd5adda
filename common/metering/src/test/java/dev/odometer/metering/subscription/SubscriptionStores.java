package dev.odometer.metering.subscription;

import dev.odometer.metering.entitlement.EntitlementStores;
import dev.odometer.metering.entitlement.InMemoryEntitlements;

/** The ports that subscriptions use, on one empty store. */
public record SubscriptionStores(EntitlementStores house, Subscriptions subscriptions) {

    public static SubscriptionStores inMemory() {
        EntitlementStores house = EntitlementStores.inMemory();
        return new SubscriptionStores(
                house, new InMemorySubscriptions(house.customers(), (InMemoryEntitlements) house.entitlements()));
    }
}
