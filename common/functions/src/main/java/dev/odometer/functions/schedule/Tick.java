package dev.odometer.functions.schedule;

import java.time.Instant;

/**
 * One call of a schedule. Ticks with the same schedule and due time are duplicates.
 *
 * @param schedule the schedule's name
 * @param due the scheduled time, which may be in the past
 */
public record Tick(String schedule, Instant due) {}
