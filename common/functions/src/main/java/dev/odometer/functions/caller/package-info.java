/**
 * The caller of a function, who may leave before the result is there. Platforms report it, and stores cancel reads that
 * no one waits for. Writes are never canceled. Independent of billing and platforms.
 */
@NullMarked
package dev.odometer.functions.caller;

import org.jspecify.annotations.NullMarked;
