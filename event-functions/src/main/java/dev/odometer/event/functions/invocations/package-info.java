/**
 * Self-metering: the invocations of a deployment as usage events of its own. Each event counts once, also when it is
 * stored again after a failure.
 */
@NullMarked
package dev.odometer.event.functions.invocations;

import org.jspecify.annotations.NullMarked;
