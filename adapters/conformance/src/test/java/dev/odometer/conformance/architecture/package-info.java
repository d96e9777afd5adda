/**
 * The dependency rules of the house. Every rule is an allow-list: what it does not name fails, a new module and a new
 * package included. Each rule has code that breaks it, in {@code dev.odometer.*.offender} among the tests.
 */
@NullMarked
package dev.odometer.conformance.architecture;

import org.jspecify.annotations.NullMarked;
