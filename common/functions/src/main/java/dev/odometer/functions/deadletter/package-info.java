/**
 * Messages that can never be handled, kept with the reason until somebody has mended what was wrong and replays them. An
 * item is parked before its platform is told that it is done, so it is never nowhere; what is delivered again is parked
 * once.
 */
@NullMarked
package dev.odometer.functions.deadletter;

import org.jspecify.annotations.NullMarked;
