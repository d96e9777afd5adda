/**
 * What a customer's browser may see: its own usage, by a token that somebody with an API key asks for. A token is good
 * until it expires or is invalidated, on every node at once, since each use looks it up. Tokens themselves are not kept,
 * only their digests. Times are whole microseconds, ends whole seconds.
 */
@NullMarked
package dev.odometer.metering.portal;

import org.jspecify.annotations.NullMarked;
