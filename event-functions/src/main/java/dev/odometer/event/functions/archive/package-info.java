/** The archive of usage events, filled by a schedule. */
@NullMarked
package dev.odometer.event.functions.archive;

import org.jspecify.annotations.NullMarked;
