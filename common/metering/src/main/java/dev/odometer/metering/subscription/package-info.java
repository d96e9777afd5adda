/**
 * Subscriptions of customers to plans. A customer has at most one subscription at any time. A subscription keeps a copy
 * of the terms, so changes of the plan do not affect it. Only facts are stored: when it starts and ends, the offsets of
 * its phases, and when items were added and removed. Status, phases, items and entitlements at a time are computed from
 * them, so no job has to run when a phase or a subscription ends. Intervals include their start and exclude their end.
 * The phases cover the subscription without gaps or overlaps, and all periods are counted from the billing anchor, in
 * UTC.
 */
@NullMarked
package dev.odometer.metering.subscription;

import org.jspecify.annotations.NullMarked;
