/**
 * Functions without a waiting caller: message, file or tick in, effect out. Each is redelivered sooner or later, and so
 * idempotent. Each package is a feature; its {@code …Module} has the feature's beans, bindings and schedules.
 */
@NullMarked
package dev.odometer.event.functions;

import org.jspecify.annotations.NullMarked;
