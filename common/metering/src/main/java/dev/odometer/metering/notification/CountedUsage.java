package dev.odometer.metering.notification;

import java.time.Instant;

/** An event that a meter counted for the first time, in the transaction under way. */
public record CountedUsage(String meterId, String subject, Instant happenedAt) {}
