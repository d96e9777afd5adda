/** How the application behind a platform's function starts: with what it needs, since the start is part of an answer. */
@NullMarked
package dev.odometer.door.start;

import org.jspecify.annotations.NullMarked;
