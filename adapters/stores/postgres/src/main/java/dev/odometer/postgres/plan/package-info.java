/**
 * Plans of the rollups and events that make up a range, and of its windows: arithmetic on times without a database. The
 * parts of a plan cover each instant of the range exactly once, where a subtracted part counts as minus one. Spans are
 * in seconds, like buckets; ranges are in microseconds, like events. Windows follow the rules of the query's zone.
 * Rollups are in UTC, so a bucket that a window boundary splits is read at a finer level.
 */
@NullMarked
package dev.odometer.postgres.plan;

import org.jspecify.annotations.NullMarked;
