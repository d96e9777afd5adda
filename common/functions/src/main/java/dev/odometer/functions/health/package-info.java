/** Conditions on which the readiness of a process depends. */
@NullMarked
package dev.odometer.functions.health;

import org.jspecify.annotations.NullMarked;
