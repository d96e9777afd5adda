package dev.odometer.azure.offender;

import dev.odometer.local.offender.BillingInAnAdapter;
import dev.odometer.usage.UsageEvent;

/** Breaks the rules: an adapter that names a billing class and another adapter. */
public class BillingInATrigger {
    UsageEvent event;
    BillingInAnAdapter other;
}
