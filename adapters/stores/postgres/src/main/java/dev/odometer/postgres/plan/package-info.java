/**
 * Which rollups and events make up a range, and which windows it has: arithmetic on times without a database. The parts
 * of a plan cover each instant of the range exactly once, where a part that is subtracted counts as minus one. Spans
 * are in seconds, as buckets are; stretches in microseconds, as events are. Windows follow the rules of the query's
 * zone; the rollups are in UTC, so a bucket that a window boundary cuts is read at a finer level.
 */
@NullMarked
package dev.odometer.postgres.plan;

import org.jspecify.annotations.NullMarked;
