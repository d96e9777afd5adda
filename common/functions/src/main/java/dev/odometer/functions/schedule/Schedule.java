package dev.odometer.functions.schedule;

import java.time.ZoneId;

/**
 * A row of the table that says when a function is called.
 *
 * @param name unique; what a platform's timer calls it by
 * @param cron minute, hour, day of month, month and day of week, as crontab has them
 * @param zone in which the expression is read
 * @param function the function's name in the catalog; it takes a {@link Tick}
 */
public record Schedule(String name, String cron, ZoneId zone, String function) {}
