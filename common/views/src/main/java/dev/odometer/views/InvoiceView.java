package dev.odometer.views;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.handoff.HandOff;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceAction;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.InvoiceStatus;
import dev.odometer.metering.invoice.InvoiceTimes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An invoice in API responses.
 *
 * @param draftUntil when a draft is issued without approval
 * @param quantitySnapshotedAt when its usage was collected
 * @param collectionAt when its usage is collected
 * @param period from the first start to the last end of the periods of its lines
 * @param preceding the invoice that a credit note corrects; only if it is requested
 * @param lines only if they are requested
 * @param tax the rate that applies to all lines
 * @param validationIssues why its hand-off to the payment provider is not done
 * @param externalIds its id at the payment provider
 */
public record InvoiceView(
        String id,
        String type,
        String number,
        String currency,
        String status,
        StatusDetails statusDetails,
        PartyView supplier,
        Buyer customer,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt,
        @Nullable Instant issuedAt,
        @Nullable Instant draftUntil,
        @Nullable Instant quantitySnapshotedAt,
        @Nullable Instant collectionAt,
        @Nullable Instant dueAt,
        @Nullable Instant voidedAt,
        @Nullable String voidReason,
        PeriodView period,
        TotalsView totals,
        @Nullable List<DocumentView> preceding,
        WorkflowSettings workflow,
        TaxRateView tax,
        @Nullable List<ValidationIssue> validationIssues,
        @Nullable ExternalIds externalIds,
        @Nullable List<InvoiceLineView> lines)
        implements PayloadView.Data {

    /**
     * The state of an invoice.
     *
     * @param availableActions the actions that a client can call now, by name
     */
    public record StatusDetails(
            boolean immutable, boolean failed, String extendedStatus, Map<String, Action> availableActions) {

        static StatusDetails of(Invoice invoice, @Nullable HandOff handOff, Instant now) {
            var actions = new TreeMap<String, Action>();
            invoice.availableActions(now)
                    .forEach((action, status) -> actions.put(action.wireName(), new Action(status.extendedName())));
            InvoiceStatus status = invoice.status(now);
            if (handOff != null && handOff.canRestart()) {
                actions.put(InvoiceAction.RETRY.wireName(), new Action(status.extendedName()));
            }
            boolean failed = status == InvoiceStatus.PAYMENT_FAILED
                    || (handOff != null && handOff.state() == HandOff.State.FAILED);
            return new StatusDetails(!invoice.times().isDraft(), failed, status.extendedName(), actions);
        }
    }

    /** The extended status after an action; absent for the action that invoices pending lines. */
    public record Action(@Nullable String resultingState) {}

    /** A customer as the invoice names it. */
    public record Buyer(
            String id,
            @Nullable String key,
            String name,
            @Nullable TaxId taxId,
            @Nullable List<BillingAddress> addresses,
            UsageAttribution usageAttribution) {

        static Buyer of(Customer customer) {
            return new Buyer(
                    customer.id(),
                    customer.key(),
                    customer.name(),
                    TaxId.of(customer.taxId()),
                    PartyView.addresses(customer.billingAddress()),
                    new UsageAttribution(customer.subjectKeys()));
        }
    }

    /**
     * A reference to the invoice that a credit note corrects.
     *
     * @param url its path in the API
     */
    public record DocumentView(String type, String url) {

        static @Nullable List<DocumentView> of(@Nullable String invoiceId) {
            return invoiceId == null
                    ? null
                    : List.of(
                            new DocumentView("credit_note_original_invoice", "/api/v1/billing/invoices/" + invoiceId));
        }
    }

    /** The apps and the workflow, copied from the billing profile when the invoice was created. */
    public record WorkflowSettings(AppsView apps, String sourceBillingProfileId, WorkflowView workflow) {

        static WorkflowSettings of(Invoice.Terms terms) {
            return new WorkflowSettings(AppsView.of(true), terms.profileId(), WorkflowView.of(terms.workflow()));
        }
    }

    /**
     * The parts of an invoice that a response contains.
     *
     * @param now the time of the status
     */
    public record Shown(Instant now, boolean lines, boolean deletedLines, boolean preceding) {

        /** With the lines that are charged. */
        public static Shown withLines(Instant now) {
            return new Shown(now, true, false, false);
        }
    }

    /**
     * A problem of an invoice.
     *
     * @param severity critical if no further attempt is made before a user acts, otherwise warning
     * @param code for programs
     * @param component the part of the process that has it
     */
    public record ValidationIssue(String severity, String code, String component, String message) {

        static @Nullable List<ValidationIssue> of(@Nullable HandOff handOff) {
            return Optional.ofNullable(handOff)
                    .flatMap(HandOff::issue)
                    .map(issue -> List.of(new ValidationIssue(
                            issue.isCritical() ? "critical" : "warning", issue.code(), "hand_off", issue.message())))
                    .orElse(null);
        }
    }

    /** External ids: that of the invoice at the payment provider. */
    public record ExternalIds(String invoicing) {

        static @Nullable ExternalIds of(@Nullable HandOff handOff) {
            String id = handOff == null ? null : handOff.externalIds().invoiceId();
            return id == null ? null : new ExternalIds(id);
        }
    }

    /** A stored invoice. */
    public static InvoiceView of(Invoice invoice, Shown shown) {
        return of(invoice, shown, null);
    }

    /**
     * A stored invoice with its hand-off to the payment provider.
     *
     * @param handOff absent if it is not registered for one
     */
    public static InvoiceView of(Invoice invoice, Shown shown, @Nullable HandOff handOff) {
        return of(
                invoice,
                invoice.status(shown.now),
                StatusDetails.of(invoice, handOff, shown.now),
                new Parts(shown, handOff));
    }

    /** The parts that a response contains, and the hand-off. */
    private record Parts(Shown shown, @Nullable HandOff handOff) {}

    /** An invoice that is not stored, so that no action is available. */
    public static InvoiceView unstored(Invoice invoice, Instant now) {
        var details = new StatusDetails(false, false, InvoiceStatus.DRAFT_CREATED.extendedName(), Map.of());
        return of(invoice, InvoiceStatus.DRAFT_CREATED, details, new Parts(Shown.withLines(now), null));
    }

    /** Pending lines, as a gathering invoice. */
    public static InvoiceView gathering(Invoice invoice, Shown shown) {
        var details = new StatusDetails(
                false, false, InvoiceStatus.GATHERING.extendedName(), Map.of("invoice", new Action(null)));
        return of(invoice, InvoiceStatus.GATHERING, details, new Parts(shown, null));
    }

    private static InvoiceView of(Invoice invoice, InvoiceStatus status, StatusDetails details, Parts parts) {
        Shown shown = parts.shown;
        InvoiceTimes times = invoice.times();
        boolean isStored = status != InvoiceStatus.DRAFT_CREATED && status != InvoiceStatus.GATHERING;
        Map<String, String> metadata = invoice.note().metadata();
        String number = invoice.number();
        return new InvoiceView(
                invoice.id(),
                invoice.kind() == Invoice.Kind.CREDIT_NOTE ? "credit_note" : "standard",
                number == null ? "DRAFT-" + invoice.id() : number,
                invoice.currency().getCurrencyCode(),
                status.group(),
                details,
                PartyView.of(invoice.parties().supplier()),
                Buyer.of(invoice.parties().customer()),
                invoice.note().description(),
                metadata.isEmpty() ? null : metadata,
                times.createdAt(),
                times.updatedAt(),
                times.deletedAt(),
                times.issuedAt(),
                isStored ? invoice.draftUntil() : null,
                isStored ? times.collectedAt() : null,
                isStored ? times.collectionAt() : null,
                isStored ? invoice.dueAt() : null,
                times.voidedAt(),
                invoice.note().voidReason(),
                PeriodView.of(invoice.period()),
                TotalsView.of(invoice),
                shown.preceding ? DocumentView.of(invoice.preceding()) : null,
                WorkflowSettings.of(invoice.terms()),
                TaxRateView.of(invoice.terms().tax()),
                ValidationIssue.of(parts.handOff),
                ExternalIds.of(parts.handOff),
                shown.lines ? lines(invoice, shown.deletedLines) : null);
    }

    private static List<InvoiceLineView> lines(Invoice invoice, boolean deleted) {
        List<InvoiceLine> lines = deleted ? invoice.lines() : invoice.charged();
        return lines.stream().map(line -> InvoiceLineView.of(line, invoice)).toList();
    }
}
