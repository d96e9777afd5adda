/**
 * The dependency rules. Every rule is an allow-list: anything that it does not name fails, including new modules and
 * packages. Each rule has code that violates it, in {@code dev.odometer.*.offender} among the tests.
 */
@NullMarked
package dev.odometer.conformance.architecture;

import org.jspecify.annotations.NullMarked;
