package dev.odometer.kafka.worker.offender;

import dev.odometer.metering.meter.Meter;

/** Violates the rules: a platform that depends on a class of the metering domain. */
public class MeteringInAWorker {
    Meter outside;
}
