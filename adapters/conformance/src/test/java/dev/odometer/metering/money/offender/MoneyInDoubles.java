package dev.odometer.metering.money.offender;

/** Violates the rule against floating point. */
public record MoneyInDoubles(double amount, String currency) {}
