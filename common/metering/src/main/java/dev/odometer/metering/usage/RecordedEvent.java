package dev.odometer.metering.usage;

import java.time.Instant;

/**
 * A stored event.
 *
 * @param recordedAt when it was recorded
 * @param position its position in the order of arrival, unique, ascending
 */
public record RecordedEvent(UsageEvent event, Instant recordedAt, long position) {}
