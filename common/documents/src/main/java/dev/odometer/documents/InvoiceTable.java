package dev.odometer.documents;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.usage.Window;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An invoice as a table for bookkeeping, with a row for each charge. Amounts of a credit note are negative. */
final class InvoiceTable {

    static final List<String> COLUMNS = List.of(
            "invoice_id",
            "type",
            "number",
            "issued_at",
            "due_at",
            "customer_key",
            "tax_id",
            "line_id",
            "name",
            "feature_key",
            "from",
            "to",
            "quantity",
            "unit_price",
            "discount",
            "net",
            "tax_category",
            "tax_percent",
            "currency");

    private InvoiceTable() {}

    static List<List<String>> cells(InvoiceDocument document) {
        return document.positions().stream().map(one -> row(document, one)).toList();
    }

    private static List<String> row(InvoiceDocument document, Position one) {
        Invoice invoice = document.invoice();
        Customer customer = invoice.parties().customer();
        Window period = one.line().item().period();
        boolean isIssued = invoice.times().isIssued();
        return List.of(
                invoice.id(),
                document.isCredit() ? "credit_note" : "standard",
                document.number(),
                text(invoice.times().issuedAt()),
                isIssued ? text(invoice.dueAt()) : "",
                Objects.requireNonNullElse(customer.key(), ""),
                Objects.requireNonNullElse(customer.taxId(), ""),
                one.line().id(),
                one.name(),
                Objects.requireNonNullElse(one.line().item().featureKey(), ""),
                text(period.start()),
                text(period.end()),
                Numbers.plain(one.quantity()),
                Numbers.plain(one.unitPrice()),
                one.discount().amount().toPlainString(),
                one.net().amount().toPlainString(),
                invoice.terms().tax().category().code(),
                Numbers.plain(invoice.terms().tax().percent()),
                invoice.currency().getCurrencyCode());
    }

    private static String text(@Nullable Instant time) {
        return time == null ? "" : time.toString();
    }
}
