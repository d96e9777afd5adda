/**
 * Functions nobody waits for: message, file or tick in, effect out. Each will be redelivered sooner or later, so each is
 * harmless to repeat.
 */
@NullMarked
package dev.odometer.event.functions;

import org.jspecify.annotations.NullMarked;
