/**
 * Conditions on texts and times, as lists and queries use them. Texts are compared by code point, which is the order of a
 * database's {@code "C"} collation, so that every store gives the same answer.
 */
@NullMarked
package dev.odometer.metering.filter;

import org.jspecify.annotations.NullMarked;
