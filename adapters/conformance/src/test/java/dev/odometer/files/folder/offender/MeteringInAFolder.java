package dev.odometer.files.folder.offender;

import dev.odometer.metering.meter.Meter;

/** Violates the rules: a file store that depends on the metering domain. */
public class MeteringInAFolder {
    Meter outside;
}
