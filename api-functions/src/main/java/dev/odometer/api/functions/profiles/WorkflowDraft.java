package dev.odometer.api.functions.profiles;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.invoice.BillableItem.EndProration;
import dev.odometer.metering.invoice.Workflow;
import dev.odometer.metering.invoice.Workflow.Anchored;
import dev.odometer.metering.invoice.Workflow.CollectionMethod;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.resource.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How invoices are collected, issued and paid, in requests. Absent members have their defaults. */
public record WorkflowDraft(
        @Nullable Collection collection,
        @Nullable Invoicing invoicing,
        @Nullable Payment payment,
        @Nullable Tax tax) {

    private static final Collection NO_COLLECTION = new Collection(null, null);
    private static final Map<String, EndProration> END_PRORATIONS = Map.of(
            "bill_actual_period", EndProration.BILL_ACTUAL_PERIOD, "bill_full_period", EndProration.BILL_FULL_PERIOD);
    private static final Map<String, CollectionMethod> COLLECTION_METHODS = Map.of(
            "charge_automatically", CollectionMethod.CHARGE_AUTOMATICALLY,
            "send_invoice", CollectionMethod.SEND_INVOICE);

    /**
     * When items are billed.
     *
     * @param interval how long a draft waits for late usage, an ISO 8601 duration; PT1H when absent
     */
    public record Collection(
            @Nullable Alignment alignment, @Nullable String interval) {}

    /**
     * The times at which items are billed.
     *
     * @param type subscription, the default, or anchored
     * @param recurringPeriod required if anchored
     */
    public record Alignment(@Nullable String type, @Nullable RecurringPeriod recurringPeriod) {

        private @Nullable Anchored toAnchored() {
            String place = "workflow.collection.alignment.";
            boolean isAnchored = Bounds.choice(
                    place + "type",
                    Objects.requireNonNullElse(type, "subscription"),
                    Map.of("subscription", false, "anchored", true));
            if (!isAnchored) {
                Bounds.absent(place + "recurringPeriod", recurringPeriod, type);
                return null;
            }
            RecurringPeriod period = Bounds.required(place + "recurringPeriod", recurringPeriod);
            String field = place + "recurringPeriod.interval";
            return new Anchored(
                    CalendarDuration.parse(field, Bounds.required(field, period.interval)),
                    Timestamp.checked(
                            place + "recurringPeriod.anchor",
                            Bounds.required(place + "recurringPeriod.anchor", period.anchor)));
        }
    }

    /**
     * Times that are one interval apart.
     *
     * @param interval an ISO 8601 duration in whole months or in whole days
     */
    public record RecurringPeriod(
            @Required @Nullable Instant anchor,
            @Required @Nullable String interval) {}

    /**
     * When an invoice is issued and due. Durations are in ISO 8601.
     *
     * @param autoAdvance true when absent
     * @param draftPeriod P0D when absent
     * @param dueAfter P30D when absent
     * @param progressiveBilling true when absent
     * @param subscriptionEndProrationMode bill_actual_period, the default, or bill_full_period
     */
    public record Invoicing(
            @Nullable Boolean autoAdvance,
            @Nullable String draftPeriod,
            @Nullable String dueAfter,
            @Nullable Boolean progressiveBilling,
            @Nullable String subscriptionEndProrationMode) {}

    /**
     * How an invoice is paid.
     *
     * @param collectionMethod charge_automatically, the default, or send_invoice
     */
    public record Payment(@Nullable String collectionMethod) {}

    /**
     * Whether an app computes taxes. None does.
     *
     * @param enabled has no effect
     * @param enforced must be false
     */
    public record Tax(@Nullable Boolean enabled, @Nullable Boolean enforced) {}

    /**
     * The workflow.
     *
     * @throws Refusal when a field is invalid; the sentence begins with the field
     */
    Workflow toWorkflow() {
        if (tax != null && Boolean.TRUE.equals(tax.enforced)) {
            throw Refusal.invalid("workflow.tax.enforced must be false: no app computes taxes");
        }
        Collection collected = Objects.requireNonNullElse(collection, NO_COLLECTION);
        String interval = collected.interval;
        var base = new Workflow(
                collected.alignment == null ? null : collected.alignment.toAnchored(),
                interval == null
                        ? Workflow.DEFAULT.collectionInterval()
                        : CalendarDuration.orZero("workflow.collection.interval", interval),
                Workflow.DEFAULT.autoAdvance(),
                Workflow.DEFAULT.draftPeriod(),
                Workflow.DEFAULT.dueAfter(),
                Workflow.DEFAULT.progressiveBilling(),
                Workflow.DEFAULT.endProration(),
                Workflow.DEFAULT.collectionMethod());
        return issued(base, invoicing, payment);
    }

    /** The workflow with other settings of how an invoice is issued and paid; those that are absent stay. */
    public static Workflow issued(Workflow before, @Nullable Invoicing invoicing, @Nullable Payment payment) {
        Invoicing changed = Objects.requireNonNullElseGet(invoicing, () -> new Invoicing(null, null, null, null, null));
        String method = payment == null ? null : payment.collectionMethod;
        return new Workflow(
                before.anchored(),
                before.collectionInterval(),
                Objects.requireNonNullElse(changed.autoAdvance, before.autoAdvance()),
                duration("draftPeriod", changed.draftPeriod, before.draftPeriod()),
                duration("dueAfter", changed.dueAfter, before.dueAfter()),
                Objects.requireNonNullElse(changed.progressiveBilling, before.progressiveBilling()),
                changed.subscriptionEndProrationMode == null
                        ? before.endProration()
                        : Bounds.choice(
                                "workflow.invoicing.subscriptionEndProrationMode",
                                changed.subscriptionEndProrationMode,
                                END_PRORATIONS),
                method == null
                        ? before.collectionMethod()
                        : Bounds.choice("workflow.payment.collectionMethod", method, COLLECTION_METHODS));
    }

    private static CalendarDuration duration(String field, @Nullable String text, CalendarDuration before) {
        return text == null ? before : CalendarDuration.orZero("workflow.invoicing." + field, text);
    }
}
