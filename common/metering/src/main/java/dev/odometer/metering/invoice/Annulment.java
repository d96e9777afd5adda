package dev.odometer.metering.invoice;

/**
 * How an issued invoice is voided.
 *
 * @param isBilledAgain whether its items count as not billed, so that the next settlement bills them again
 */
public record Annulment(String reason, boolean isBilledAgain) {}
