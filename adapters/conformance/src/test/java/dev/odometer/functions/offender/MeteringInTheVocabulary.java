package dev.odometer.functions.offender;

import dev.odometer.metering.meter.Meter;

/** Violates the rules: the common vocabulary of functions depends on the metering domain. */
public class MeteringInTheVocabulary {
    Meter outside;
}
