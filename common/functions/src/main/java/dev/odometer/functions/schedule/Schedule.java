package dev.odometer.functions.schedule;

import java.time.ZoneId;

/**
 * A row of the table that maps a cron expression to a function.
 *
 * @param name unique; a platform's timer refers to the schedule by it
 * @param cron the five fields of crontab: minute, hour, day of month, month and day of week
 * @param zone the time zone of the expression
 * @param function the function's name in the catalog; it takes a {@link Tick}
 */
public record Schedule(String name, String cron, ZoneId zone, String function) {}
