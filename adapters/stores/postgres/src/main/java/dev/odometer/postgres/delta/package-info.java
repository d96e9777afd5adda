/**
 * The progress of engines that aggregate events outside of the database and apply deltas to it. An offset is recorded in
 * the transaction that applies the deltas before it. The database does not have the events of these deltas, so it
 * refuses what would need them.
 */
@NullMarked
package dev.odometer.postgres.delta;

import org.jspecify.annotations.NullMarked;
