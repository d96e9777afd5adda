package dev.odometer.metering.invoice;

import dev.odometer.functions.refusal.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a user to a draft.
 *
 * @param lines all lines of the draft, including changed and removed ones, and new lines
 */
public record InvoiceEdit(Invoice.Parties parties, Workflow workflow, Invoice.Note note, List<InvoiceLine> lines) {

    public InvoiceEdit {
        lines = List.copyOf(lines);
    }

    /**
     * The draft with the changes.
     *
     * @throws Refusal when the invoice is not a draft, or all lines are removed
     */
    public Invoice of(Invoice draft, Instant now) {
        requireDraft(draft, now);
        if (lines.stream().allMatch(InvoiceLine::isDeleted)) {
            throw Refusal.invalid("an invoice must keep at least one line; delete the invoice instead: " + draft.id());
        }
        Invoice.Terms terms = draft.terms();
        return with(draft, new Invoice.Terms(terms.profileId(), workflow, terms.tax()))
                .with(lines, draft.times().changed(now));
    }

    private Invoice with(Invoice draft, Invoice.Terms terms) {
        return new Invoice(
                draft.id(),
                draft.kind(),
                draft.number(),
                draft.currency(),
                parties,
                terms,
                note,
                draft.times(),
                draft.preceding(),
                draft.payment(),
                draft.lines());
    }

    /**
     * The draft with another tax rate.
     *
     * @throws Refusal when the invoice is not a draft
     */
    public static Invoice taxed(Invoice draft, TaxRate tax, Instant now) {
        requireDraft(draft, now);
        Invoice.Terms terms = draft.terms();
        var edit = new InvoiceEdit(draft.parties(), terms.workflow(), draft.note(), draft.lines());
        return edit.with(draft, new Invoice.Terms(terms.profileId(), terms.workflow(), tax))
                .with(draft.lines(), draft.times().changed(now));
    }

    /**
     * The line of an item that a user adds to a draft.
     *
     * @param evidence absent for a fee
     */
    public static InvoiceLine added(
            BillableItem item, @Nullable Evidence evidence, Settlement.Request request, Supplier<String> ids) {
        BigDecimal quantity = evidence == null ? BigDecimal.ZERO : evidence.quantity();
        return NewLine.of(item, List.of(), quantity, evidence, request).stored(0, ids);
    }

    /**
     * Checks the change of an invoice by a caller.
     *
     * @throws IllegalArgumentException when a line is missing, or a line of an issued invoice is changed
     */
    public static void check(Invoice stored, Invoice changed) {
        List<String> ids = changed.lines().stream().map(InvoiceLine::id).toList();
        boolean isComplete =
                ids.containsAll(stored.lines().stream().map(InvoiceLine::id).toList());
        boolean isFinal = !stored.times().isDraft() && !stored.lines().equals(changed.lines());
        if (!changed.id().equals(stored.id()) || !isComplete || isFinal) {
            throw new IllegalArgumentException(
                    "lines are not removed from an invoice, and those of an issued one do not change: " + stored.id());
        }
    }

    private static void requireDraft(Invoice invoice, Instant now) {
        if (!invoice.times().isDraft()) {
            throw BillingProfile.refusal(
                    "invoice_cannot_be_edited",
                    "only a draft can be edited, but the status is " + invoice.status(now) + ": " + invoice.id());
        }
    }
}
