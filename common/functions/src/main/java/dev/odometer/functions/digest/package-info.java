/** Digests, by which something is recognized again without being kept. Knows neither billing nor a platform. */
@NullMarked
package dev.odometer.functions.digest;

import org.jspecify.annotations.NullMarked;
