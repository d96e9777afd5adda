package dev.odometer.api.functions.invoices;

import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceAction;
import dev.odometer.views.InvoiceView;
import java.util.function.Function;

/** Approves a draft whose usage is collected, and issues it. */
public final class ApproveInvoice implements Function<ApproveInvoice.Input, InvoiceView> {

    private final InvoiceAccess access;

    ApproveInvoice(InvoiceAccess access) {
        this.access = access;
    }

    /** The invoice. */
    public record Input(String invoiceId) {}

    @Override
    public InvoiceView apply(Input input) {
        Invoice invoice = access.allowing(InvoiceAction.APPROVE, input.invoiceId);
        return access.view(access.invoices().approve(invoice.id(), access.now()));
    }
}
