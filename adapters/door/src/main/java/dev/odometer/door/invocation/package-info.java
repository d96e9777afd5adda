/** Counts of invocations, which the doors report and an {@link dev.odometer.functions.invocation.InvocationLog} stores. */
@NullMarked
package dev.odometer.door.invocation;

import org.jspecify.annotations.NullMarked;
