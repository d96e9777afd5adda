package dev.odometer.api.functions.invoices;

import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceAction;
import dev.odometer.views.InvoiceView;
import java.util.function.Function;

/** Refuses with the code {@code invoice_action_not_available}: no step of an invoice can fail in part. */
public final class RetryInvoice implements Function<RetryInvoice.Input, InvoiceView> {

    private final InvoiceAccess access;

    RetryInvoice(InvoiceAccess access) {
        this.access = access;
    }

    /** The invoice. */
    public record Input(String invoiceId) {}

    @Override
    public InvoiceView apply(Input input) {
        Invoice invoice = access.allowing(InvoiceAction.RETRY, input.invoiceId);
        return access.view(invoice);
    }
}
