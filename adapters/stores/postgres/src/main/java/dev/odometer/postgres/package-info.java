/**
 * The ports of common in PostgreSQL. An append is one transaction with a constant number of statements: it inserts the
 * new events and adds what they add to the rollups as one delta row. A digest of (source, id) as primary key decides
 * what is new; nothing else does. Rollups and deltas can always be made again from the events. Serialization conflicts
 * are retried here and nowhere else.
 */
@NullMarked
package dev.odometer.postgres;

import org.jspecify.annotations.NullMarked;
