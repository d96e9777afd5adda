/**
 * Meters: what is counted and how it is aggregated. A meter is a definition, not a store of events: it applies to all
 * events of its type, also to those stored before it was created. Quantities are exact decimals. An event whose value
 * is not a decimal within the limits is stored, but skipped by the meter with a reason.
 */
@NullMarked
package dev.odometer.metering.meter;

import org.jspecify.annotations.NullMarked;
