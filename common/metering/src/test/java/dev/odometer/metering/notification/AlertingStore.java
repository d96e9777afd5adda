package dev.odometer.metering.notification;

import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.usage.UsageLog;

/** The ports that alerts use, on one store. */
public record AlertingStore(
        Meters meters,
        UsageLog usage,
        Customers customers,
        Subjects subjects,
        Features features,
        Entitlements entitlements,
        Notifications notifications) {}
