package dev.odometer.files.http.offender;

import dev.odometer.metering.meter.Meter;

/** Violates the rules: the code that file stores share depends on the metering domain. */
public class MeteringInAnHttpStore {
    Meter outside;
}
