/**
 * Queries of usage: rows by window and group, and totals. Both read each reading exactly once within one snapshot: from
 * the coarsest rollups that fit, from deltas that are not folded yet, and from events where no rollup fits or the
 * backfill is incomplete. A query takes a constant number of statements, regardless of the number of rows, series and
 * windows. Windows and time zones are computed in Java; SQL receives boundaries. Totals of sums may subtract the part
 * of a bucket that lies outside of the range (ADR 14).
 */
@NullMarked
package dev.odometer.postgres.query;

import org.jspecify.annotations.NullMarked;
