package dev.odometer.metering.notification;

import java.time.Instant;

/** An event that a meter counts for the first time, in the current transaction. */
public record CountedUsage(String meterId, String subject, Instant happenedAt) {}
