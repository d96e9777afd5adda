/**
 * The archive: events of past days in files. Totals do not depend on where an event is stored, and the repeat of an archived
 * event is still a repeat.
 */
@NullMarked
package dev.odometer.metering.archive;

import org.jspecify.annotations.NullMarked;
