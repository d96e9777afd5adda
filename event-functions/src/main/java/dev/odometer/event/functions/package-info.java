/**
 * Functions that run without a waiting client: they receive messages, files or ticks and have effects only. Input may
 * be delivered repeatedly, so each function is idempotent. Each package is a feature; its {@code …Module} declares the
 * feature's beans, bindings and schedules.
 */
@NullMarked
package dev.odometer.event.functions;

import org.jspecify.annotations.NullMarked;
