/**
 * What is counted and how it adds up. A meter is a rule on events, not a place where they are kept: it applies to the
 * events of its type whenever they happened and whenever it was created. Quantities are exact decimals; text that is no
 * decimal of a sane size is skipped with a reason and never fails an event.
 */
@NullMarked
package dev.odometer.metering.meter;

import org.jspecify.annotations.NullMarked;
