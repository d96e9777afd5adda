package dev.odometer.kafka.worker.offender;

import dev.odometer.metering.meter.Meter;

/** Breaks the rules: a platform that names a class of the metering domain. */
public class MeteringInAWorker {
    Meter outside;
}
