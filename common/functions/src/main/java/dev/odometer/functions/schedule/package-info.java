/**
 * Schedules whose ticks are idempotent. Ticks with the same schedule and due time are duplicates; a tick older than the
 * latest completed one counts as completed; a tick whose function failed or whose process crashed is repeated. This
 * needs no thread, and no clock but the caller's.
 */
@NullMarked
package dev.odometer.functions.schedule;

import org.jspecify.annotations.NullMarked;
