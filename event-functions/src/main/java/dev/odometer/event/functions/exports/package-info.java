/** Functions that request exports on schedule and write the pending ones. */
@NullMarked
package dev.odometer.event.functions.exports;

import org.jspecify.annotations.NullMarked;
