package dev.odometer.functions.offender;

import dev.odometer.metering.meter.Meter;

/** Breaks the rules: what every function needs depends on the metering domain. */
public class MeteringInTheVocabulary {
    Meter outside;
}
