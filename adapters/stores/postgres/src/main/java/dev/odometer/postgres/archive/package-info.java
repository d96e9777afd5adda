/**
 * The archive of events: files of past days in a file store, with an index of their blocks and the keys of their events in
 * the database. The transaction that deletes events from the event table also adds the keys and the index, so that every
 * snapshot contains an event exactly once.
 */
@NullMarked
package dev.odometer.postgres.archive;

import org.jspecify.annotations.NullMarked;
