package dev.odometer.api.functions.invoices;

import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceAction;
import dev.odometer.metering.invoice.InvoiceStatus;
import dev.odometer.views.InvoiceView;
import java.time.Instant;
import java.util.function.Function;

/**
 * Does now what the schedules would do with a draft: collects its usage if its collection time has passed, and issues
 * it if it needs no approval and its draft period is over.
 */
public final class AdvanceInvoice implements Function<AdvanceInvoice.Input, InvoiceView> {

    private final InvoiceAccess access;

    AdvanceInvoice(InvoiceAccess access) {
        this.access = access;
    }

    /** The invoice. */
    public record Input(String invoiceId) {}

    @Override
    public InvoiceView apply(Input input) {
        Instant now = access.now();
        Invoice invoice = access.stored(input.invoiceId);
        if (!invoice.availableActions(now).containsKey(InvoiceAction.ADVANCE)) {
            throw BillingProfile.refusal(
                    "invoice_cannot_advance",
                    "the invoice cannot advance in status " + invoice.status(now) + ": " + invoice.id());
        }
        Invoice collected = invoice.times().collectedAt() == null
                ? access.invoices().collect(invoice.id(), access.request())
                : invoice;
        boolean isReady = collected.status(now) == InvoiceStatus.DRAFT_READY_TO_ISSUE;
        return access.view(isReady ? access.invoices().approve(invoice.id(), now) : collected);
    }
}
