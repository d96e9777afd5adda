package dev.odometer.kafka.worker;

import dev.odometer.functions.health.ReadinessCheck;

/**
 * The readiness of a bean that consumes topics itself. With it, a worker without bindings is ready when the check has no
 * problem.
 */
public interface OwnConsumers extends ReadinessCheck {}
