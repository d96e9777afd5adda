/**
 * Looks up functions in the catalog, once, at start, by the names in the tables of routes, bindings and schedules. An
 * unknown or unsuitable function fails the start with a message. Nothing that a client sends selects a function here.
 */
@NullMarked
package dev.odometer.door.function;

import org.jspecify.annotations.NullMarked;
