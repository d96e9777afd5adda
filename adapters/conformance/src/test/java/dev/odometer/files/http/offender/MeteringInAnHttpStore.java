package dev.odometer.files.http.offender;

import dev.odometer.metering.meter.Meter;

/** Breaks the rules: what file stores share depends on the metering domain. */
public class MeteringInAnHttpStore {
    Meter outside;
}
