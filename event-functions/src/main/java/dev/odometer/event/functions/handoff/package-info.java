/**
 * The hand-off of issued invoices to a payment provider. A hand-off is leased for longer than an attempt takes, so a
 * crashed process releases it. The next attempt finds the resources that an earlier one created at the provider.
 */
@NullMarked
package dev.odometer.event.functions.handoff;

import org.jspecify.annotations.NullMarked;
