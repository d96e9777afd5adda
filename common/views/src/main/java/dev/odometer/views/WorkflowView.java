package dev.odometer.views;

import dev.odometer.metering.invoice.Workflow;
import dev.odometer.metering.invoice.Workflow.Anchored;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How invoices are collected, issued and paid, in API responses. */
public record WorkflowView(Collection collection, Invoicing invoicing, Payment payment, Tax tax) {

    /**
     * When items are billed.
     *
     * @param interval how long a draft waits for late usage
     */
    public record Collection(Alignment alignment, String interval) {}

    /**
     * The times at which items are billed.
     *
     * @param type subscription or anchored
     * @param recurringPeriod absent unless anchored
     */
    public record Alignment(String type, @Nullable RecurringPeriod recurringPeriod) {}

    /** Times that are one interval apart. */
    public record RecurringPeriod(Instant anchor, String interval) {}

    /** When an invoice is issued and due. */
    public record Invoicing(
            boolean autoAdvance,
            String draftPeriod,
            String dueAfter,
            boolean progressiveBilling,
            String subscriptionEndProrationMode) {}

    /** How an invoice is paid. */
    public record Payment(String collectionMethod) {}

    /** Whether an app computes taxes; none does. */
    public record Tax(boolean enabled, boolean enforced) {}

    public static WorkflowView of(Workflow workflow) {
        return new WorkflowView(
                new Collection(
                        alignment(workflow.anchored()),
                        workflow.collectionInterval().text()),
                new Invoicing(
                        workflow.autoAdvance(),
                        workflow.draftPeriod().text(),
                        workflow.dueAfter().text(),
                        workflow.progressiveBilling(),
                        name(workflow.endProration())),
                new Payment(name(workflow.collectionMethod())),
                new Tax(false, false));
    }

    private static Alignment alignment(@Nullable Anchored anchored) {
        return anchored == null
                ? new Alignment("subscription", null)
                : new Alignment(
                        "anchored",
                        new RecurringPeriod(
                                anchored.anchor(), anchored.interval().text()));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
