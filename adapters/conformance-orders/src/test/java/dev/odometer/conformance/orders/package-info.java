/** The example of a service with own functions, on every platform. */
@NullMarked
package dev.odometer.conformance.orders;

import org.jspecify.annotations.NullMarked;
