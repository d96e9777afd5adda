/**
 * Ticks of schedules. A tick has one effect: the row of its schedule is locked by a transaction that lasts as long as
 * the work, on a connection of its own. A crash releases the lock, and the tick can be taken again (ADR 9).
 */
@NullMarked
package dev.odometer.postgres.schedule;

import org.jspecify.annotations.NullMarked;
