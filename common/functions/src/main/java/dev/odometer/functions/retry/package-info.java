/** How long to wait before a retry. Knows neither billing nor a platform. */
@NullMarked
package dev.odometer.functions.retry;

import org.jspecify.annotations.NullMarked;
