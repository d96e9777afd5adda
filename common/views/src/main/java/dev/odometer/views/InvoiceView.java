package dev.odometer.views;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.Invoice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An invoice in API responses. */
public record InvoiceView(
        String id,
        String type,
        String number,
        String currency,
        String status,
        StatusDetails statusDetails,
        Party supplier,
        Buyer customer,
        Instant createdAt,
        Instant updatedAt,
        PeriodView period,
        TotalsView totals,
        WorkflowSettings workflow,
        List<InvoiceLineView> lines) {

    /**
     * The state of an invoice.
     *
     * @param availableActions by name, those that a client can call now
     */
    public record StatusDetails(
            boolean immutable, boolean failed, String extendedStatus, Map<String, Action> availableActions) {}

    /** The extended status to which an action leads. */
    public record Action(String resultingState) {}

    /** A seller. */
    public record Party(String name) {}

    /** A customer as the invoice names it. */
    public record Buyer(
            String id,
            @Nullable String key,
            String name,
            @Nullable List<BillingAddress> addresses,
            UsageAttribution usageAttribution) {

        private static Buyer of(Customer customer) {
            BillingAddress address = BillingAddress.of(customer.billingAddress());
            return new Buyer(
                    customer.id(),
                    customer.key(),
                    customer.name(),
                    address == null ? null : List.of(address),
                    new UsageAttribution(customer.subjectKeys()));
        }
    }

    /** The billing profile of an invoice. */
    public record WorkflowSettings(String sourceBillingProfileId, Workflow workflow) {}

    /** How an invoice is collected, issued and paid. */
    public record Workflow(Collection collection, Invoicing invoicing, Payment payment, Tax tax) {}

    /**
     * When usage is collected.
     *
     * @param interval how long to wait for late usage
     */
    public record Collection(Map<String, String> alignment, String interval) {}

    /** When an invoice is issued and due. */
    public record Invoicing(
            boolean autoAdvance,
            String draftPeriod,
            String dueAfter,
            boolean progressiveBilling,
            String subscriptionEndProrationMode) {}

    /** How an invoice is paid. */
    public record Payment(String collectionMethod) {}

    /** Whether taxes are computed. */
    public record Tax(boolean enabled, boolean enforced) {}

    /** The seller and workflow of a billing profile. */
    public record Profile(Party supplier, WorkflowSettings workflow) {}

    /** An invoice that is not stored, so that no action is available. */
    public static InvoiceView simulated(Invoice invoice, Profile profile) {
        Instant createdAt = invoice.createdAt();
        return new InvoiceView(
                invoice.id(),
                "standard",
                invoice.number(),
                invoice.currency().getCurrencyCode(),
                "draft",
                new StatusDetails(false, false, "draft.created", Map.of()),
                profile.supplier,
                Buyer.of(invoice.customer()),
                createdAt,
                createdAt,
                PeriodView.of(invoice.period()),
                TotalsView.of(invoice.totals()),
                profile.workflow,
                invoice.lines().stream()
                        .map(line -> InvoiceLineView.of(line, invoice.currency(), createdAt))
                        .toList());
    }
}
