package dev.odometer.metering.entitlement;

import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.InMemoryCustomers;
import dev.odometer.metering.meter.InMemoryMeters;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.usage.InMemoryUsageLog;
import dev.odometer.metering.usage.UsageLog;
import java.time.Clock;

/** The ports that entitlements use, on one empty store. */
public record EntitlementStores(
        Meters meters, UsageLog usage, Customers customers, Features features, Entitlements entitlements) {

    public static EntitlementStores inMemory() {
        var meters = new InMemoryMeters();
        var usage = new InMemoryUsageLog(Clock.systemUTC());
        var customers = new InMemoryCustomers();
        var features = new InMemoryFeatures(meters);
        return new EntitlementStores(
                meters, usage, customers, features, new InMemoryEntitlements(features, meters, customers, usage));
    }
}
