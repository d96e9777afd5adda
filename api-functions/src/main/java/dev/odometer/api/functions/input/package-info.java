/**
 * What inputs have in common: bounds and filters. Trees of JSON are walked with every shape in mind, so that whatever a
 * client sends is either understood or refused with its place and value.
 */
@NullMarked
package dev.odometer.api.functions.input;

import org.jspecify.annotations.NullMarked;
