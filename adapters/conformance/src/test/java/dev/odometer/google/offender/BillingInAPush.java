package dev.odometer.google.offender;

import dev.odometer.local.offender.BillingInAnAdapter;
import dev.odometer.usage.UsageEvent;

/** Breaks the rules: an adapter that names a billing class and another adapter. */
public class BillingInAPush {
    UsageEvent event;
    BillingInAnAdapter other;
}
