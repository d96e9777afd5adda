package dev.odometer.stripe;

import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.Workflow.CollectionMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * The forms of an invoice and its items. They depend only on the issued invoice, so they are the same in each attempt.
 */
record InvoiceForms(Invoice invoice, String customer) {

    /** The metadata with the id of the invoice. */
    static final String INVOICE = "odometer_invoice";
    /** The metadata with the id of the item. */
    static final String ITEM = "odometer_item";

    private static final int MAX_METADATA = 500;
    private static final int MAX_DAYS = 365;

    /** A draft without pending items, automatic finalization and the discounts of the customer. */
    Form draft() {
        var form = new Form()
                .with("customer", customer)
                .with("currency", currency())
                .with("auto_advance", "false")
                .with("pending_invoice_items_behavior", "exclude")
                .with("automatic_tax[enabled]", "false")
                .with("discounts", "")
                .with("description", "Invoice " + invoice.number())
                .with("custom_fields[0][name]", "Invoice number")
                .with("custom_fields[0][value]", String.valueOf(invoice.number()))
                .with("metadata[" + INVOICE + "]", invoice.id())
                .with("metadata[odometer_number]", String.valueOf(invoice.number()));
        return invoice.terms().workflow().collectionMethod() == CollectionMethod.SEND_INVOICE
                ? form.with("collection_method", "send_invoice").with("days_until_due", daysUntilDue())
                : form.with("collection_method", "charge_automatically");
    }

    /** Whole days from the issue; Stripe counts them from its own date of the invoice. */
    private long daysUntilDue() {
        Instant issuedAt = Objects.requireNonNull(invoice.times().issuedAt(), "the invoice is not issued");
        long days = Duration.between(issuedAt, invoice.dueAt())
                .plus(Duration.ofDays(1))
                .minusNanos(1)
                .toDays();
        return Math.min(Math.max(days, 0), MAX_DAYS);
    }

    private String currency() {
        return invoice.currency().getCurrencyCode().toLowerCase(Locale.ROOT);
    }

    Form item(InvoiceItem item, String externalInvoiceId) {
        var form = new Form()
                .with("customer", customer)
                .with("invoice", externalInvoiceId)
                .with("currency", currency())
                .with("amount", StripeAmount.of(item.amount()))
                .with("description", item.description())
                .with("discountable", "false")
                .with("period[start]", item.period().start().getEpochSecond())
                .with("period[end]", item.period().end().getEpochSecond())
                .with("metadata[" + INVOICE + "]", invoice.id())
                .with("metadata[" + ITEM + "]", item.id());
        InvoiceLine line = item.line();
        if (line != null) {
            form.with("metadata[odometer_line]", shortened(line(item)));
            String feature = line.item().featureKey();
            if (feature != null) {
                form.with("metadata[odometer_feature]", shortened(feature));
            }
        }
        return form;
    }

    /** The key and revision of its line; for an item without a line, the id of the invoice. */
    String line(InvoiceItem item) {
        InvoiceLine line = item.line();
        return line == null
                ? invoice.id()
                : line.stored().key() + "@" + line.stored().revision();
    }

    private static String shortened(String value) {
        return value.length() > MAX_METADATA ? value.substring(0, MAX_METADATA) : value;
    }
}
