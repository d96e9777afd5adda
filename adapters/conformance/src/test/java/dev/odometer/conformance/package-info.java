/**
 * Tests only: the architecture rules, and the same cases through every door. A new cloud needs a new door and one
 * subclass of each contract here.
 */
@NullMarked
package dev.odometer.conformance;

import org.jspecify.annotations.NullMarked;
