/**
 * The table of events. Its primary key, a digest of (source, id), alone decides which events are new: the insert of a
 * duplicate does nothing. Positions order events by arrival. Events are never updated. Data is JSON text, so that
 * numbers keep every digit. Rollups can be rebuilt from this table at any time.
 */
@NullMarked
package dev.odometer.postgres.event;

import org.jspecify.annotations.NullMarked;
