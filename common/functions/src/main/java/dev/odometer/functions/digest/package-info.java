/** Digests, by which a value is recognized without being stored. Independent of billing and platforms. */
@NullMarked
package dev.odometer.functions.digest;

import org.jspecify.annotations.NullMarked;
