package dev.odometer.metering.meter;

import java.math.BigDecimal;

/** The value that a meter reads from one event. */
public sealed interface Reading {

    /** A number to aggregate; 1 for COUNT. */
    record Amount(BigDecimal value) implements Reading {}

    /** A string to count once. */
    record Distinct(String text) implements Reading {}

    /** No value: the event is stored and listed, but not counted, for the reason. */
    record Skipped(String reason) implements Reading {}
}
