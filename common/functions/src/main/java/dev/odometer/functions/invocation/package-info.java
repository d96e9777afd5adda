/** Counts of a deployment's own invocations: the port through which the doors store them. Off by default. */
@NullMarked
package dev.odometer.functions.invocation;

import org.jspecify.annotations.NullMarked;
