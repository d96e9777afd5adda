/** The readiness of a process, for the health endpoints of the platforms that have them. */
@NullMarked
package dev.odometer.door.health;

import org.jspecify.annotations.NullMarked;
