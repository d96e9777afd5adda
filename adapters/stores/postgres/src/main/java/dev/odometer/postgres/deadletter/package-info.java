/**
 * Dead letters. An item, identified by (channel, origin, id), is stored once, so that a redelivery does not multiply
 * it. An item stays until it is replayed or removed.
 */
@NullMarked
package dev.odometer.postgres.deadletter;

import org.jspecify.annotations.NullMarked;
