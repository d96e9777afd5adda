/**
 * A timer for platforms that bring none: one thread in the process, beside which any number of others may run. What is
 * due is decided without it, from times alone, and whether it is done is known to the log of ticks.
 */
@NullMarked
package dev.odometer.door.schedule;

import org.jspecify.annotations.NullMarked;
