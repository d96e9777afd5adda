package dev.odometer.metering.usage;

import java.time.Instant;

/**
 * An event in the log.
 *
 * @param recordedAt when it was counted
 * @param position its place in the order of arrival, unique, ascending
 */
public record RecordedEvent(UsageEvent event, Instant recordedAt, long position) {}
