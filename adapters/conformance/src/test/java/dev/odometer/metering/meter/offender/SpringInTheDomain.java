package dev.odometer.metering.meter.offender;

import dev.odometer.metering.usage.offender.UsageOfTheDomain;
import org.springframework.core.env.Environment;

/** Violates the rules: the domain depends on Spring, and two of its packages on each other. */
public class SpringInTheDomain {
    Environment environment;
    UsageOfTheDomain usage;
}
