/** What is deleted when its retention period ends. Usage events are never deleted. */
@NullMarked
package dev.odometer.event.functions.retention;

import org.jspecify.annotations.NullMarked;
