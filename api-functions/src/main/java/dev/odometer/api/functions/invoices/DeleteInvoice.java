package dev.odometer.api.functions.invoices;

import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceAction;
import java.time.Instant;
import java.util.function.Consumer;

/** Deletes a draft. Its items count as billed, so no later invoice charges them. */
public final class DeleteInvoice implements Consumer<DeleteInvoice.Input> {

    private final InvoiceAccess access;

    DeleteInvoice(InvoiceAccess access) {
        this.access = access;
    }

    /** The invoice. */
    public record Input(String invoiceId) {}

    @Override
    public void accept(Input input) {
        Instant now = access.now();
        Invoice invoice =
                new InvoiceLookup(access.invoices()).stored(input.invoiceId, "invoice_cannot_delete_gathering");
        invoice.require(InvoiceAction.DELETE, now);
        access.invoices().change(invoice.id(), stored -> stored.deleted(now));
    }
}
