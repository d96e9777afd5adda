/**
 * Rollups by minute, hour, day and month per series, and the deltas that are not folded into them yet. An append writes
 * one row of arrays per kind of merge. A fold moves whole deltas into all levels in one statement, so that a snapshot
 * contains each entry either in a delta or in every level. The backfill of a new meter records its progress in the
 * transaction that writes its deltas. A process may crash between any two steps. Results never depend on whether a fold
 * or a backfill has run.
 */
@NullMarked
package dev.odometer.postgres.rollup;

import org.jspecify.annotations.NullMarked;
