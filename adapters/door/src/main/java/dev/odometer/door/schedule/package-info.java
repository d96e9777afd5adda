/**
 * A timer for platforms without one: a single thread per process, in any number of processes. Due times are computed
 * without the thread, from the schedule and the clock. The tick log records which ticks are done.
 */
@NullMarked
package dev.odometer.door.schedule;

import org.jspecify.annotations.NullMarked;
