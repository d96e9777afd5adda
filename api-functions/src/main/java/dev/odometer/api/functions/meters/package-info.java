/**
 * Meters. The fields that determine a meter's values are immutable; a deleted meter remains readable by id, and its
 * slug is free again. A repeated create is a conflict; a repeated update returns the same result.
 */
@NullMarked
package dev.odometer.api.functions.meters;

import org.jspecify.annotations.NullMarked;
