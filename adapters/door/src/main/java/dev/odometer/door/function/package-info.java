/**
 * The way to the functions. Each is looked up once, at start, by the name that a table of routes or bindings gives it;
 * a name that is unknown or does not fit stops the start with a sentence. Nothing a client sends gets here.
 */
@NullMarked
package dev.odometer.door.function;

import org.jspecify.annotations.NullMarked;
