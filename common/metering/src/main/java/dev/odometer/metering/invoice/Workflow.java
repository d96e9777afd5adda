package dev.odometer.metering.invoice;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.invoice.BillableItem.EndProration;
import dev.odometer.metering.pricing.BillingPeriods;
import dev.odometer.metering.pricing.CalendarDuration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * How invoices are collected, issued and paid.
 *
 * @param anchored when items are billed; absent if they are billed as soon as they are due
 * @param collectionInterval how long a draft waits for late usage
 * @param autoAdvance whether a draft is issued without approval
 * @param draftPeriod how long a draft with collected usage can be edited before it is issued
 * @param dueAfter the term of payment
 * @param progressiveBilling whether a request can bill usage before the end of its period
 * @param endProration how the last fee of a subscription is charged
 * @param collectionMethod how the customer pays
 */
public record Workflow(
        @Nullable Anchored anchored,
        CalendarDuration collectionInterval,
        boolean autoAdvance,
        CalendarDuration draftPeriod,
        CalendarDuration dueAfter,
        boolean progressiveBilling,
        EndProration endProration,
        CollectionMethod collectionMethod) {

    /** The workflow of the profile that exists from the start. */
    public static final Workflow DEFAULT = new Workflow(
            null,
            CalendarDuration.parse("interval", "PT1H"),
            true,
            CalendarDuration.orZero("draftPeriod", "P0D"),
            CalendarDuration.parse("dueAfter", "P30D"),
            true,
            EndProration.BILL_ACTUAL_PERIOD,
            CollectionMethod.CHARGE_AUTOMATICALLY);

    /** How a customer pays. */
    public enum CollectionMethod {
        CHARGE_AUTOMATICALLY,
        SEND_INVOICE
    }

    /** Recurring times at which items are billed. */
    public record Anchored(CalendarDuration interval, Instant anchor) {

        /** @throws Refusal when the interval is not in whole months or in whole days */
        public Anchored {
            if (!interval.isCadence()) {
                throw Refusal.invalid(
                        "workflow.collection.alignment.recurringPeriod.interval must be in whole months or in whole days: "
                                + interval.text());
            }
        }

        /** The first of these times that is not before the given one. */
        Instant notBefore(Instant time) {
            var periods = new BillingPeriods(interval, anchor, ZoneOffset.UTC);
            return periods.isBoundary(time) ? time : periods.containing(time).end();
        }
    }

    /** When an item that can be billed from a time on is billed. */
    public Instant invoiceAt(Instant billableFrom) {
        return anchored == null ? billableFrom : anchored.notBefore(billableFrom);
    }
}
