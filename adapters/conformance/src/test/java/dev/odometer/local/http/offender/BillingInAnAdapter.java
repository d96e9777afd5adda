package dev.odometer.local.http.offender;

import dev.odometer.metering.meter.Meter;

/** Breaks the rules: an adapter that names a billing class. */
public class BillingInAnAdapter {
    Meter meter;
}
