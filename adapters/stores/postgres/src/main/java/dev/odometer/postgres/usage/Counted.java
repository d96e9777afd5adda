package dev.odometer.postgres.usage;

import dev.odometer.postgres.rollup.LiveMeter;
import java.time.Instant;

/** A new event that a meter counts in the current transaction. */
public record Counted(LiveMeter meter, String subject, Instant happenedAt) {}
