package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.FieldNames;
import dev.odometer.api.functions.input.Items;
import dev.odometer.api.functions.profiles.PartyDraft;
import dev.odometer.api.functions.profiles.WorkflowDraft;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.Invoice.Note;
import dev.odometer.metering.invoice.Invoice.Parties;
import dev.odometer.metering.invoice.InvoiceEdit;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.Workflow;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Text;
import dev.odometer.views.InvoiceView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes a draft: its texts, parties, terms and discounts. Lines that the request omits are removed, and those without
 * an id are added.
 */
public final class UpdateInvoice implements Function<UpdateInvoice.Input, InvoiceView> {

    private static final int MAX_LINES = 1000;
    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_DESCRIPTION_LENGTH = 1024;
    private static final FieldNames NAMES = new FieldNames(Map.of("taxId", "customer.taxId"));

    private final InvoiceAccess access;
    private final AddedLines added;
    private final Supplier<String> ids;

    UpdateInvoice(InvoiceAccess access, AddedLines added, Supplier<String> ids) {
        this.access = access;
        this.added = added;
        this.ids = ids;
    }

    /**
     * The new content.
     *
     * @param supplier unchanged when absent
     * @param customer unchanged when absent
     * @param workflow unchanged when absent
     * @param lines all lines that the draft keeps, and new ones; at most 1,000
     */
    public record Input(
            String invoiceId,
            @Nullable String description,
            @Nullable Map<String, String> metadata,
            @Nullable PartyDraft supplier,
            @Nullable PartyDraft customer,
            @Nullable WorkflowChange workflow,
            @Required @Nullable List<@Nullable InvoiceLineDraft> lines) {}

    /** How the draft is issued and paid. */
    public record WorkflowChange(@Nullable WorkflowSettings workflow) {}

    /** The settings that can change; those that are absent stay. */
    public record WorkflowSettings(
            WorkflowDraft.@Nullable Invoicing invoicing, WorkflowDraft.@Nullable Payment payment) {}

    @Override
    public InvoiceView apply(Input input) {
        Instant now = access.now();
        List<LineEdit> edits = Items.atMost("lines", input.lines, MAX_LINES, InvoiceLineDraft::toEdit);
        Note note = note(input);
        Invoice invoice = new InvoiceLookup(access.invoices()).stored(input.invoiceId, "invoice_cannot_be_edited");
        // Usage is read before the draft is locked.
        List<InvoiceLine> more = added.of(edits, invoice, access.request());
        return access.view(access.invoices().change(invoice.id(), draft -> {
            var lines = new ArrayList<>(kept(edits, draft, now));
            lines.addAll(more);
            return new InvoiceEdit(parties(input, draft), workflow(input, draft), note, lines).of(draft, now);
        }));
    }

    private static Note note(Input input) {
        if (input.description != null) {
            Text.bounded("description", input.description, MAX_DESCRIPTION_LENGTH);
        }
        return new Note(
                input.description, Metadata.checked(Objects.requireNonNullElse(input.metadata, Map.of())), null);
    }

    private static Workflow workflow(Input input, Invoice draft) {
        Workflow before = draft.terms().workflow();
        WorkflowSettings settings = input.workflow == null ? null : input.workflow.workflow;
        return settings == null ? before : WorkflowDraft.issued(before, settings.invoicing, settings.payment);
    }

    private static Parties parties(Input input, Invoice draft) {
        Parties before = draft.parties();
        return new Parties(
                input.supplier == null ? before.supplier() : input.supplier.toSupplier(),
                input.customer == null ? before.customer() : customer(input.customer, before.customer()));
    }

    private static Customer customer(PartyDraft party, Customer before) {
        if (party.key() != null && !party.key().equals(before.key())) {
            throw Refusal.invalid("customer.key cannot be changed: " + Refusal.quote(party.key()));
        }
        String name = Text.checked("customer.name", Bounds.required("customer.name", party.name()), MAX_NAME_LENGTH);
        return NAMES.applied(() -> before.named(name, party.taxCode(), party.toAddress("customer")));
    }

    /** The lines that the draft has, changed, or removed if the request omits them. */
    private List<InvoiceLine> kept(List<LineEdit> edits, Invoice draft, Instant now) {
        Map<String, Integer> places = places(edits, draft);
        return draft.lines().stream()
                .map(line -> {
                    Integer place = places.get(line.id());
                    if (line.isDeleted()) {
                        return line;
                    }
                    return place == null
                            ? line.deleted(now)
                            : edits.get(place).of(line, draft, "lines[" + place + "]", ids);
                })
                .toList();
    }

    private static Map<String, Integer> places(List<LineEdit> edits, Invoice draft) {
        List<String> known = draft.charged().stream().map(InvoiceLine::id).toList();
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < edits.size(); i++) {
            String id = edits.get(i).id();
            if (id != null && !known.contains(id)) {
                throw Refusal.invalid("lines[" + i + "].id is not a line of the invoice: " + Refusal.quote(id));
            }
            if (id != null && places.put(id, i) != null) {
                throw Refusal.invalid("lines[" + i + "].id must differ from that of the other lines: " + id);
            }
        }
        return places;
    }
}
