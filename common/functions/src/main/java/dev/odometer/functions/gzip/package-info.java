/** Decompression of gzip, for request bodies and for files. Independent of billing and platforms. */
@NullMarked
package dev.odometer.functions.gzip;

import org.jspecify.annotations.NullMarked;
