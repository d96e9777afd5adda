/** A sample service with its own functions. Each platform's tests show that it runs without billing and database. */
@NullMarked
package dev.odometer.door.own;

import org.jspecify.annotations.NullMarked;
