/** Starts the application of a platform's function with only what it needs, because a cold start delays a request. */
@NullMarked
package dev.odometer.door.start;

import org.jspecify.annotations.NullMarked;
