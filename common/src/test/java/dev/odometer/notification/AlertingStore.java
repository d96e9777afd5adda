package dev.odometer.notification;

import dev.odometer.customer.Customers;
import dev.odometer.customer.Subjects;
import dev.odometer.entitlement.Entitlements;
import dev.odometer.entitlement.Features;
import dev.odometer.meter.Meters;
import dev.odometer.usage.UsageLog;

/** The ports that alerts have to do with, on one store. */
public record AlertingStore(
        Meters meters,
        UsageLog usage,
        Customers customers,
        Subjects subjects,
        Features features,
        Entitlements entitlements,
        Notifications notifications) {}
