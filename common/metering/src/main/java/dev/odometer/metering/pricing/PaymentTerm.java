package dev.odometer.metering.pricing;

/** When a flat fee is charged: at the start or at the end of its service period. */
public enum PaymentTerm {
    IN_ADVANCE,
    IN_ARREARS
}
