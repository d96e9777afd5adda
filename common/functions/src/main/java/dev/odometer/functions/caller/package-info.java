/**
 * The client of a function. It may disconnect before the result is available. Platforms report this, and stores then
 * cancel its reads. Writes are never canceled.
 */
@NullMarked
package dev.odometer.functions.caller;

import org.jspecify.annotations.NullMarked;
