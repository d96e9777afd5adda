/**
 * Meters. A change takes the lock that appends share: it waits for in-flight appends, and later ones detect the change.
 * So each event is either in the backfill of a new meter or in a delta of an append that knows the meter, never in
 * both. A meter that a feature needs cannot be deleted, and cannot lose a group-by key that the feature filters by.
 */
@NullMarked
package dev.odometer.postgres.meter;

import org.jspecify.annotations.NullMarked;
