package dev.odometer.lambda.offender;

import dev.odometer.local.offender.BillingInAnAdapter;
import dev.odometer.usage.UsageEvent;

/** Breaks the rules: an adapter that names a billing class and another adapter. */
public class BillingInALambda {
    UsageEvent event;
    BillingInAnAdapter other;
}
