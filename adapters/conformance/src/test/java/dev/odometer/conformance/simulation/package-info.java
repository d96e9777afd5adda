/** Runs production code in virtual time, with faults that follow from a seed. */
@NullMarked
package dev.odometer.conformance.simulation;

import org.jspecify.annotations.NullMarked;
