package dev.odometer.metering.imports;

/**
 * A line that was rejected.
 *
 * @param line the line number, from 1; for a JSON array the number of the element
 * @param reason one sentence
 * @param text the beginning of the line
 */
public record RejectedLine(long line, String reason, String text) {}
