/**
 * Portal tokens, with which a browser can query the usage of one subject. A client with an API key creates them. A
 * token is valid until it expires or is invalidated. Invalidation takes effect on every node immediately, since each
 * request looks the token up. Only digests of tokens are stored. Times are whole microseconds, expirations whole
 * seconds.
 */
@NullMarked
package dev.odometer.metering.portal;

import org.jspecify.annotations.NullMarked;
