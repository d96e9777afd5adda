/**
 * Reading a request: what its path, query, headers and body say, and how they become a function's input. Everything is
 * decoded once and bounded; what is malformed is refused with the name of the part, never repaired.
 */
@NullMarked
package dev.odometer.door.request;

import org.jspecify.annotations.NullMarked;
