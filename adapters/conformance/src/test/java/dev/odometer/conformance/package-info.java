/**
 * Tests only: the rules of the house, and the same cases through every door. A new cloud is a new door and one subclass
 * of each contract here.
 */
@NullMarked
package dev.odometer.conformance;

import org.jspecify.annotations.NullMarked;
