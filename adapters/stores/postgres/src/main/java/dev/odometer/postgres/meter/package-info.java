/**
 * Meters. A change takes the lock that appends share: it waits for the appends under way, and later ones see the
 * change. So each event is either in the backfill of a new meter or in a delta of an append that knew the meter, never
 * in both. A meter that a feature needs can neither be deleted nor lose a key that the feature filters by.
 */
@NullMarked
package dev.odometer.postgres.meter;

import org.jspecify.annotations.NullMarked;
