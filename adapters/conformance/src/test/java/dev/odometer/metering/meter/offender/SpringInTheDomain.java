package dev.odometer.metering.meter.offender;

import dev.odometer.metering.usage.offender.UsageOfTheDomain;
import org.springframework.core.env.Environment;

/** Breaks the rules: the domain sees Spring, and two of its packages see each other. */
public class SpringInTheDomain {
    Environment environment;
    UsageOfTheDomain usage;
}
