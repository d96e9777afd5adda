package dev.odometer.metering.imports;

/**
 * A line that cannot be counted.
 *
 * @param line from 1; for an array the number of the element
 * @param reason in one sentence
 * @param text how it begins
 */
public record RejectedLine(long line, String reason, String text) {}
