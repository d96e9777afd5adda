package dev.odometer.local.offender;

import dev.odometer.meter.Meter;

/** Breaks the rules: an adapter that names a billing class. */
public class BillingInAnAdapter {
    Meter meter;
}
