/**
 * The table of events. The primary key, a digest of (source, id), decides which events are new, and nothing else does:
 * a repeat is a conflict that does nothing. Positions order events by arrival. Events are never updated, and data is
 * JSON text, so that numbers keep every digit. Rollups can be made again from this table at any time.
 */
@NullMarked
package dev.odometer.postgres.event;

import org.jspecify.annotations.NullMarked;
