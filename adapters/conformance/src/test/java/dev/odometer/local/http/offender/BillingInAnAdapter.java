package dev.odometer.local.http.offender;

import dev.odometer.metering.meter.Meter;

/** Violates the rules: an adapter that depends on a billing class. */
public class BillingInAnAdapter {
    Meter meter;
}
