package dev.odometer.metering.usage.offender;

import dev.odometer.metering.meter.offender.SpringInTheDomain;

/** Breaks the rules: a cycle, and a quantity in floating point. */
public class UsageOfTheDomain {
    SpringInTheDomain meter;
    Double quantity;
}
