package dev.odometer.metering.usage.offender;

import dev.odometer.metering.meter.offender.SpringInTheDomain;

/** Violates the rules: a cycle of packages, and quantities in floating point. */
public class UsageOfTheDomain {
    SpringInTheDomain meter;
    Double boxed;
    double primitive;

    long rounded(long quantity) {
        return (long) (quantity * 1.5);
    }
}
