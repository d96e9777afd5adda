package dev.odometer.google.cloud.offender;

import dev.odometer.local.http.offender.BillingInAnAdapter;
import dev.odometer.metering.usage.UsageEvent;

/** Violates the rules: an adapter that depends on a billing class and another adapter. */
public class BillingInAPush {
    UsageEvent event;
    BillingInAnAdapter other;
}
