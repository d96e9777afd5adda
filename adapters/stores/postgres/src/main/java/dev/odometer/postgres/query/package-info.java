/**
 * Answers questions about usage: rows by window and group, and totals. Both read each reading exactly once in one
 * snapshot: from the coarsest rollups that fit, from deltas that are not folded yet, and from events where no rollup
 * fits or the backfill has yet to come. A question costs a constant number of statements, however many rows, series and
 * windows it is about. Windows and zones are computed in Java; SQL gets boundaries. Totals of sums may subtract the
 * part of a bucket that lies outside of the range (ADR 14).
 */
@NullMarked
package dev.odometer.postgres.query;

import org.jspecify.annotations.NullMarked;
