/** Google's runtime, as the tests start it. */
@NullMarked
package dev.odometer.conformance.google;

import org.jspecify.annotations.NullMarked;
