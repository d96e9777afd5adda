package dev.odometer.metering.meter;

import java.math.BigDecimal;

/** What a meter makes of one event. */
public sealed interface Reading {

    /** A number to add up; 1 for a meter that counts. */
    record Amount(BigDecimal value) implements Reading {}

    /** A text to count once. */
    record Distinct(String text) implements Reading {}

    /** Nothing: the event is kept and listed, but not counted, for the reason given. */
    record Skipped(String reason) implements Reading {}
}
