package dev.odometer.stripe;

import static dev.odometer.stripe.StripeCalls.text;

import dev.odometer.metering.handoff.HandOff.ExternalIds;
import dev.odometer.metering.handoff.InvoiceCourier.OutboundInvoice;
import dev.odometer.metering.handoff.InvoiceCourier.Outcome;
import dev.odometer.metering.handoff.InvoiceCourier.Result;
import dev.odometer.metering.invoice.Invoice;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * One attempt to hand over or withdraw an invoice. It continues from any state that an earlier attempt left in Stripe.
 */
final class StripeAttempt {

    /** How far the clocks of the store and of Stripe may differ. */
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

    private static final String INVOICES = "/v1/invoices";
    private static final String ITEMS = "/v1/invoiceitems";

    private final Invoice invoice;
    private final OutboundInvoice outbound;
    private final InvoiceForms forms;
    private final String customer;
    private final StripeCalls calls;
    private ExternalIds ids;

    StripeAttempt(OutboundInvoice outbound, String customer, StripeCalls calls) {
        this.invoice = outbound.invoice();
        this.outbound = outbound;
        this.customer = customer;
        this.calls = calls;
        this.forms = new InvoiceForms(invoice, customer);
        this.ids = outbound.progress().externalIds();
    }

    /** The ids of the resources that are known to exist. */
    ExternalIds externalIds() {
        return ids;
    }

    Outcome handOver() {
        List<InvoiceItem> items = InvoiceItem.of(invoice);
        if (items.isEmpty()) {
            return Outcome.done(ExternalIds.NONE);
        }
        JsonNode found = existing().orElseGet(this::create);
        String id = text(found, "id");
        if (!id.equals(ids.invoiceId())) {
            outbound.created().accept(id);
        }
        ids = new ExternalIds(id, ids.items());
        if (!text(found, "customer").equals(customer)) {
            throw new StripeFailure(
                    Result.WAIT,
                    "the invoice " + id + " in Stripe belongs to " + text(found, "customer") + ", but the customer is "
                            + customer + "; delete it in Stripe, or correct the metadata of the customer");
        }
        if (text(found, "status").equals("void")) {
            throw new StripeFailure(Result.GIVE_UP, "the invoice was voided in Stripe: " + id);
        }
        if (text(found, "status").equals("draft")) {
            complete(items);
        } else {
            new TotalCheck(invoice, items).check(found, listed());
        }
        return Outcome.done(ids);
    }

    private Optional<JsonNode> existing() {
        String id = ids.invoiceId();
        if (id != null) {
            Optional<JsonNode> known = retrieved(id);
            if (known.isPresent()) {
                return known;
            }
        }
        return outbound.progress().isFirst() ? Optional.empty() : searched();
    }

    private Optional<JsonNode> retrieved(String id) {
        return calls.find(StripeRequest.get(INVOICES + "/" + id, new Form()));
    }

    /** Reads the list of invoices, because Stripe's search is eventually consistent. */
    private Optional<JsonNode> searched() {
        long since = outbound.progress().since().minus(CLOCK_SKEW).getEpochSecond();
        List<JsonNode> found =
                calls.list(INVOICES, new Form().with("customer", customer).with("created[gte]", since)).stream()
                        .filter(one ->
                                text(one.path("metadata"), InvoiceForms.INVOICE).equals(invoice.id()))
                        .toList();
        if (found.size() > 1) {
            throw new StripeFailure(
                    Result.GIVE_UP,
                    "Stripe has several invoices with this id as metadata; delete all but one: "
                            + found.stream().map(one -> text(one, "id")).collect(Collectors.joining(", ")));
        }
        return found.stream().findFirst();
    }

    private JsonNode create() {
        // The key differs from that of a draft that was deleted, which Stripe would answer with the deleted one.
        return post(INVOICES, forms.draft(), "invoice " + invoice.id() + " " + ids.invoiceId());
    }

    private JsonNode post(String path, Form form, String identity) {
        return calls.call(StripeRequest.post(
                path, form, identity + " " + outbound.progress().keys()));
    }

    private void complete(List<InvoiceItem> items) {
        boolean isNew = outbound.progress().isFirst();
        Map<String, String> present = isNew ? Map.of() : idsByItem(listed());
        ids = new ExternalIds(id(), present);
        for (InvoiceItem item : items) {
            if (!present.containsKey(item.id())) {
                JsonNode added = post(ITEMS, forms.item(item, id()), "item " + forms.line(item) + " " + item.id());
                var all = new HashMap<>(ids.items());
                all.put(item.id(), text(added, "id"));
                ids = new ExternalIds(id(), all);
            }
        }
        List<JsonNode> listed = listed();
        JsonNode draft = calls.call(StripeRequest.get(INVOICES + "/" + id(), new Form()));
        new TotalCheck(invoice, items).check(draft, listed);
        finish();
    }

    /** Stripe collects the payment from then on. */
    private void finish() {
        try {
            post(INVOICES + "/" + id() + "/finalize", new Form().with("auto_advance", "true"), "finalize");
        } catch (StripeFailure failure) {
            // Another worker, whose lease had ended before, may have finalized it.
            boolean isDraft = failure.result() != Result.GIVE_UP
                    || retrieved(id())
                            .filter(one -> text(one, "status").equals("draft"))
                            .isPresent();
            if (isDraft) {
                throw failure;
            }
        }
    }

    private String id() {
        return String.valueOf(ids.invoiceId());
    }

    private List<JsonNode> listed() {
        List<JsonNode> listed = calls.list(ITEMS, new Form().with("invoice", id()));
        ids = new ExternalIds(id(), idsByItem(listed));
        return listed;
    }

    private static Map<String, String> idsByItem(List<JsonNode> items) {
        return items.stream()
                .filter(item -> !text(item.path("metadata"), InvoiceForms.ITEM).isEmpty())
                .collect(Collectors.toMap(
                        item -> text(item.path("metadata"), InvoiceForms.ITEM),
                        item -> text(item, "id"),
                        (first, second) -> first));
    }

    Outcome withdraw() {
        Optional<JsonNode> found = existing();
        if (found.isEmpty()) {
            return Outcome.done(ids);
        }
        String id = text(found.get(), "id");
        ids = new ExternalIds(id, ids.items());
        switch (text(found.get(), "status")) {
            case "draft" -> calls.find(StripeRequest.delete(INVOICES + "/" + id));
            case "open", "uncollectible" -> post(INVOICES + "/" + id + "/void", new Form(), "void");
            case "void" -> {}
            default ->
                throw new StripeFailure(
                        Result.GIVE_UP,
                        "the invoice is void, but Stripe cannot void " + id + " in status "
                                + text(found.get(), "status") + "; refund or credit it in Stripe");
        }
        return Outcome.done(ids);
    }
}
