package dev.odometer.metering.invoice;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.InvoiceLine.Totals;
import dev.odometer.metering.invoice.Workflow.CollectionMethod;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.usage.Window;
import java.time.Instant;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An invoice or a credit note. It is final when it is issued: corrections are lines of later invoices.
 *
 * @param number absent until it is issued
 * @param preceding the id of the invoice that a credit note corrects
 * @param payment the last report of a payment; absent if there is none
 * @param lines at least one, including those that a user removed
 */
public record Invoice(
        String id,
        Kind kind,
        @Nullable String number,
        Currency currency,
        Parties parties,
        Terms terms,
        Note note,
        InvoiceTimes times,
        @Nullable String preceding,
        @Nullable Payment payment,
        List<InvoiceLine> lines) {

    private static final String NUMBER = "INV-";

    public Invoice {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("an invoice must have at least one line");
        }
    }

    /** The kind of document. */
    public enum Kind {
        STANDARD,
        /** The amounts are negative: they are credited. */
        CREDIT_NOTE
    }

    /**
     * The supplier and the customer when the invoice was created.
     *
     * @param customer its id, name, tax id and address do not change with the customer once the invoice is issued
     */
    public record Parties(Supplier supplier, Customer customer) {}

    /** The workflow and the tax rate, copied from the billing profile of the customer. */
    public record Terms(String profileId, Workflow workflow, TaxRate tax) {}

    /**
     * The texts that a user set.
     *
     * @param voidReason why it was voided; absent unless it was
     */
    public record Note(
            @Nullable String description,
            Map<String, String> metadata,
            @Nullable String voidReason) {

        public static final Note NONE = new Note(null, Map.of(), null);
    }

    /** A report of a payment. */
    public record Payment(Report report, Instant at) {

        /** The reported status. */
        public enum Report {
            PAID,
            PAYMENT_FAILED,
            PAYMENT_UNCOLLECTIBLE,
            PAYMENT_OVERDUE,
            ACTION_REQUIRED
        }
    }

    /** The lines that are charged. */
    public List<InvoiceLine> charged() {
        return lines.stream().filter(line -> !line.isDeleted()).toList();
    }

    /** From the first start to the last end of the periods of its lines. */
    public Window period() {
        return Window.spanning(lines.stream().map(line -> line.item().period()).toList());
    }

    /** The sums over its lines, without tax. */
    public Totals net() {
        Money zero = Money.zero(currency);
        return charged().stream().map(InvoiceLine::totals).reduce(new Totals(zero, zero, zero, zero), Totals::plus);
    }

    /** The tax on the sum of its lines, rounded once (EN 16931, BR-CO-17). */
    public Money tax() {
        return terms.tax.on(net().total());
    }

    /** What the customer pays. */
    public Money total() {
        return net().total().plus(tax());
    }

    /** When a draft with collected usage is issued without approval. */
    public Instant draftUntil() {
        Instant ready = times.collectionAt().isAfter(times.createdAt()) ? times.collectionAt() : times.createdAt();
        return terms.workflow.draftPeriod().after(ready);
    }

    /** When it must be paid; for a draft, an estimate. */
    public Instant dueAt() {
        Instant from = terms.workflow.collectionMethod() == CollectionMethod.CHARGE_AUTOMATICALLY
                ? draftUntil()
                : Objects.requireNonNullElseGet(times.issuedAt(), this::draftUntil);
        return terms.workflow.dueAfter().after(from);
    }

    public InvoiceStatus status(Instant now) {
        if (times.deletedAt() != null) {
            return InvoiceStatus.DELETED;
        }
        if (times.voidedAt() != null) {
            return InvoiceStatus.VOIDED;
        }
        return times.isIssued() ? paymentStatus(now) : draftStatus(now);
    }

    /** The available actions, with the resulting status of each. */
    public Map<InvoiceAction, InvoiceStatus> availableActions(Instant now) {
        var actions = new EnumMap<InvoiceAction, InvoiceStatus>(InvoiceAction.class);
        if (times.isIssued() && times.voidedAt() == null) {
            actions.put(InvoiceAction.VOID, InvoiceStatus.VOIDED);
        }
        if (!times.isDraft()) {
            return actions;
        }
        actions.put(InvoiceAction.DELETE, InvoiceStatus.DELETED);
        InvoiceStatus status = status(now);
        if (times.collectedAt() == null) {
            InvoiceStatus collected = at(times.collected(now)).status(now);
            actions.put(InvoiceAction.SNAPSHOT_QUANTITIES, collected);
            if (status == InvoiceStatus.DRAFT_COLLECTING) {
                actions.put(InvoiceAction.ADVANCE, collected);
            }
            return actions;
        }
        if (times.approvedAt() == null) {
            actions.put(InvoiceAction.APPROVE, InvoiceStatus.ISSUED);
        }
        if (status == InvoiceStatus.DRAFT_READY_TO_ISSUE) {
            actions.put(InvoiceAction.ADVANCE, InvoiceStatus.ISSUED);
        }
        return actions;
    }

    private InvoiceStatus draftStatus(Instant now) {
        if (times.collectedAt() == null) {
            return now.isBefore(times.collectionAt())
                    ? InvoiceStatus.DRAFT_WAITING_FOR_COLLECTION
                    : InvoiceStatus.DRAFT_COLLECTING;
        }
        if (times.approvedAt() == null && !terms.workflow.autoAdvance()) {
            return InvoiceStatus.DRAFT_MANUAL_APPROVAL_NEEDED;
        }
        return times.approvedAt() == null && now.isBefore(draftUntil())
                ? InvoiceStatus.DRAFT_WAITING_AUTO_APPROVAL
                : InvoiceStatus.DRAFT_READY_TO_ISSUE;
    }

    private InvoiceStatus paymentStatus(Instant now) {
        if (payment == null) {
            boolean isOwed = total().signum() > 0;
            return isOwed && now.isAfter(dueAt()) ? InvoiceStatus.OVERDUE : InvoiceStatus.ISSUED;
        }
        return switch (payment.report) {
            case PAID -> InvoiceStatus.PAID;
            case PAYMENT_FAILED -> InvoiceStatus.PAYMENT_FAILED;
            case PAYMENT_UNCOLLECTIBLE -> InvoiceStatus.UNCOLLECTIBLE;
            case PAYMENT_OVERDUE -> InvoiceStatus.OVERDUE;
            case ACTION_REQUIRED -> InvoiceStatus.PAYMENT_ACTION_REQUIRED;
        };
    }

    /** The draft with other lines. Their sum determines the kind of document. */
    Invoice with(List<InvoiceLine> others, InvoiceTimes changed) {
        var next = new Invoice(id, kind, number, currency, parties, terms, note, changed, preceding, payment, others);
        Kind expected = next.net().total().signum() < 0 ? Kind.CREDIT_NOTE : Kind.STANDARD;
        return expected == kind ? next : next.as(expected);
    }

    private Invoice as(Kind other) {
        String corrected = other == Kind.CREDIT_NOTE ? firstCorrected() : null;
        return new Invoice(id, other, number, currency, parties, terms, note, times, corrected, payment, lines);
    }

    private @Nullable String firstCorrected() {
        return lines.stream()
                .map(line -> line.origin() == null ? null : line.origin().corrects())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Invoice at(InvoiceTimes changed) {
        return new Invoice(id, kind, number, currency, parties, terms, note, changed, preceding, payment, lines);
    }

    /** @throws Refusal when it is not a draft, or its usage is collected */
    public void requireCollectable(Instant now) {
        require(InvoiceAction.SNAPSHOT_QUANTITIES, now);
    }

    /** @throws Refusal when it is not a draft whose usage is collected */
    public Invoice approved(Instant now) {
        require(InvoiceAction.APPROVE, now);
        return at(times.approved(now));
    }

    /**
     * The issued invoice.
     *
     * @param position in the series of its billing profile, from 1
     */
    public Invoice issued(long position, Instant now) {
        String given = number(position);
        return new Invoice(
                id, kind, given, currency, parties, terms, note, times.issued(now), preceding, payment, lines);
    }

    /** The number of the invoice at a position, from 1, in the series of its billing profile. */
    public static String number(long position) {
        return NUMBER + position;
    }

    /** The position in the series of its billing profile; absent while it is a draft. */
    public @Nullable Long position() {
        return number == null ? null : Long.valueOf(number.substring(NUMBER.length()));
    }

    /** @throws Refusal when it is not a draft */
    public Invoice deleted(Instant now) {
        require(InvoiceAction.DELETE, now);
        return at(times.deleted(now));
    }

    /** @throws Refusal when it is not issued, or is voided */
    public Invoice voided(String reason, Instant now) {
        require(InvoiceAction.VOID, now);
        var why = new Note(note.description, note.metadata, reason);
        return new Invoice(
                id, kind, number, currency, parties, terms, why, times.voided(now), preceding, payment, lines);
    }

    /** @throws Refusal when it is not issued, or is voided */
    public Invoice reported(Payment report) {
        if (!times.isIssued() || times.voidedAt() != null) {
            throw unavailable("payment", report.at);
        }
        if (payment != null && payment.report == report.report) { // a repeated report changes nothing
            return this;
        }
        return new Invoice(
                id, kind, number, currency, parties, terms, note, times.changed(report.at), preceding, report, lines);
    }

    /** @throws Refusal when the action is not available */
    public void require(InvoiceAction action, Instant now) {
        if (!availableActions(now).containsKey(action)) {
            throw unavailable(action.wireName(), now);
        }
    }

    private Refusal unavailable(String action, Instant now) {
        return BillingProfile.refusal(
                "invoice_action_not_available",
                "action " + action + " is not available in status " + status(now) + ": " + id);
    }
}
