/** Functions that ask for exports by the calendar, and write those that were asked for. */
@NullMarked
package dev.odometer.event.functions.exports;

import org.jspecify.annotations.NullMarked;
