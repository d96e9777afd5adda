/**
 * The hand-off of issued invoices to a payment provider. A hand-off is leased for longer than an attempt takes, so a
 * crashed process releases it. What an attempt leaves behind at the provider is found by the next one.
 */
@NullMarked
package dev.odometer.event.functions.handoff;

import org.jspecify.annotations.NullMarked;
