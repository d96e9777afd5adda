package dev.odometer.functions.schedule;

import java.time.Instant;

/**
 * A schedule's call. Two with the same schedule and time are one that was delivered twice.
 *
 * @param schedule the schedule's name
 * @param due when it was to be called, which may be a while ago
 */
public record Tick(String schedule, Instant due) {}
