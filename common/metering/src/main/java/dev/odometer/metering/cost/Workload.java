package dev.odometer.metering.cost;

import dev.odometer.functions.invocation.InvocationTotals.Trigger;
import java.math.BigDecimal;

/**
 * The invocations that are priced.
 *
 * @param events the events of successful requests, and the messages
 * @param milliseconds the durations, each rounded up to a millisecond
 * @param milliseconds100 the durations, each rounded up to 100 milliseconds
 * @param bytesOut the bytes of the response bodies
 */
public record Workload(
        Trigger trigger,
        BigDecimal invocations,
        BigDecimal events,
        BigDecimal milliseconds,
        BigDecimal milliseconds100,
        BigDecimal bytesOut) {}
