/**
 * Reads CloudEvents 1.0, in all modes, into the record that a function takes. Data is a JSON object or absent. A batch
 * is read as a whole or refused; the refusal names the index and the attribute of the error.
 */
@NullMarked
package dev.odometer.door.event;

import org.jspecify.annotations.NullMarked;
