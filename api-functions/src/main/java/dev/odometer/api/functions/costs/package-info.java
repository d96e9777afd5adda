/** The cost of a deployment's own invocations at list prices. It needs self-metering. */
@NullMarked
package dev.odometer.api.functions.costs;

import org.jspecify.annotations.NullMarked;
