/**
 * CloudEvents 1.0 in all their modes, read into whatever record a function takes. Data is a JSON object or nothing. A
 * batch is read whole or not at all, and what is wrong in it is named by index and attribute.
 */
@NullMarked
package dev.odometer.door.event;

import org.jspecify.annotations.NullMarked;
