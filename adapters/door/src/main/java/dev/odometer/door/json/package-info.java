/**
 * Reads and writes JSON, with one configuration for all doors. Input is bound to records through their constructors, so
 * their rules hold. An error becomes one sentence with its place, without stack traces or class names. Numbers are
 * exact in both directions. Duplicate keys, other encodings and values of other types are refused.
 */
@NullMarked
package dev.odometer.door.json;

import org.jspecify.annotations.NullMarked;
