/**
 * Azure's door: a method for each kind of trigger translates, calls the door and translates back. It decides nothing
 * else. Invocations run side by side in one process.
 */
@NullMarked
package dev.odometer.azure.functions;

import org.jspecify.annotations.NullMarked;
