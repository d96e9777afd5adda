package dev.odometer.metering.entitlement;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.UsageTotal;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.util.List;

/** The usage that entitlements are balanced against, read from a log. */
record FeatureUsage(Features features, Meters meters, UsageLog usage) {

    /** The usage of the customer in each window. */
    List<BigDecimal> of(Customer customer, Entitlement entitlement, List<Window> windows) {
        Feature.Measure measure =
                features.find(entitlement.featureId()).map(Feature::measure).orElseThrow();
        Meter meter = meters.find(measure.meterId()).orElseThrow();
        return windows.stream()
                .map(window -> new UsageTotal(meter, customer.subjects(), measure.filters(), window).of(usage))
                .toList();
    }
}
