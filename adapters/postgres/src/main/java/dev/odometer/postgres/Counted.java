package dev.odometer.postgres;

import java.time.Instant;

/** A new event that a meter counts in the current transaction. */
record Counted(LiveMeter meter, String subject, Instant happenedAt) {}
