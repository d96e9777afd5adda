package dev.odometer.stripe;

import static dev.odometer.stripe.StripeCalls.text;

import dev.odometer.metering.handoff.InvoiceCourier.Result;
import dev.odometer.metering.invoice.Invoice;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Compares an invoice in Stripe with the issued one. If they differ, for example because an item or a discount was
 * added in Stripe, Stripe would charge another amount, so the invoice is not finalized.
 */
record TotalCheck(Invoice invoice, List<InvoiceItem> items) {

    /** @throws StripeFailure GIVE_UP when they differ */
    void check(JsonNode draft, List<JsonNode> listed) {
        long total = StripeAmount.of(invoice.total());
        String currency = invoice.currency().getCurrencyCode();
        if (!text(draft, "currency").equals(currency.toLowerCase(Locale.ROOT))) {
            throw differs(draft, "its currency is " + text(draft, "currency") + ", not " + currency);
        }
        if (draft.path("total").asLong(0) != total || !draft.has("total")) {
            throw differs(
                    draft,
                    "its total is " + draft.path("total").asString("missing") + " in the smallest units of " + currency
                            + ", not " + total);
        }
        checkItems(draft, listed);
    }

    private void checkItems(JsonNode draft, List<JsonNode> listed) {
        Map<String, InvoiceItem> expected =
                items.stream().collect(Collectors.toMap(InvoiceItem::id, Function.identity()));
        var seen = new HashSet<String>();
        for (JsonNode one : listed) {
            InvoiceItem item = expected.get(text(one.path("metadata"), InvoiceForms.ITEM));
            if (item == null || !seen.add(item.id())) {
                throw differs(draft, "it has an unknown or duplicate item: " + text(one, "id"));
            }
            if (one.path("amount").asLong(0) != StripeAmount.of(item.amount())) {
                throw differs(draft, "the amount of its item " + text(one, "id") + " is not that of the invoice");
            }
        }
        if (seen.size() != expected.size()) {
            throw differs(draft, "it has " + seen.size() + " of " + expected.size() + " items");
        }
    }

    private static StripeFailure differs(JsonNode draft, String difference) {
        boolean isDraft = text(draft, "status").equals("draft");
        return new StripeFailure(
                Result.GIVE_UP,
                "the invoice " + text(draft, "id") + " in Stripe "
                        + (isDraft ? "is not finalized" : "is finalized")
                        + ", because " + difference);
    }
}
