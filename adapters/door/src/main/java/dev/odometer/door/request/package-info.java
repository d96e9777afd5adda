/**
 * Reads a function's input from the path, query, headers and body of a request. Each part is decoded once and limited
 * in size. A malformed part is refused by name, never repaired.
 */
@NullMarked
package dev.odometer.door.request;

import org.jspecify.annotations.NullMarked;
