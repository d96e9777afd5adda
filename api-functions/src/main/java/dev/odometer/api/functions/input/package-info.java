/**
 * Validation that inputs share: bounds and filters. JSON of any shape is either accepted or refused with the place and
 * value of the error.
 */
@NullMarked
package dev.odometer.api.functions.input;

import org.jspecify.annotations.NullMarked;
