package dev.odometer.files.azure.offender;

import dev.odometer.metering.meter.Meter;

/** Violates the rules: a file store that depends on the metering domain. Other stores depend on it. */
public record OtherFileStore(Meter meter) {}
