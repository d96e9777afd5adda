/**
 * Dead letters. An item is identified by (channel, origin, id) and stored once, so that a redelivery does not duplicate
 * it. It stays until it is replayed or removed.
 */
@NullMarked
package dev.odometer.postgres.deadletter;

import org.jspecify.annotations.NullMarked;
