/** Backoff between retries. Independent of billing and platforms. */
@NullMarked
package dev.odometer.functions.retry;

import org.jspecify.annotations.NullMarked;
