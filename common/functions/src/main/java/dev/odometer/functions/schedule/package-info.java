/**
 * Schedules that have one effect a tick: two ticks with the same schedule and time are one, an older one than the latest
 * that is done counts as done, and one whose function failed or whose process died comes again. No thread is needed for
 * that, nor any clock but the caller's.
 */
@NullMarked
package dev.odometer.functions.schedule;

import org.jspecify.annotations.NullMarked;
