/**
 * Ticks of schedules. A tick has one effect: a transaction on a connection of its own locks the row of the schedule for
 * as long as the work lasts. A crash releases the lock, and the tick can be taken again (ADR 9).
 */
@NullMarked
package dev.odometer.postgres.schedule;

import org.jspecify.annotations.NullMarked;
