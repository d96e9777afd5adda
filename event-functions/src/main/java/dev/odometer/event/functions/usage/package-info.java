/**
 * Usage that arrives as messages, through the channel {@code usage}. A batch is recorded whole or not at all, and each event
 * counts once however often it is delivered.
 */
@NullMarked
package dev.odometer.event.functions.usage;

import org.jspecify.annotations.NullMarked;
