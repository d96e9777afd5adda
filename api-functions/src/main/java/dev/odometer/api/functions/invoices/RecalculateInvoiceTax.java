package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.profiles.CustomerProfiles;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceEdit;
import dev.odometer.metering.invoice.TaxRate;
import dev.odometer.views.InvoiceView;
import java.time.Instant;
import java.util.function.Function;

/** Gives a draft the tax rate that its customer has now. */
public final class RecalculateInvoiceTax implements Function<RecalculateInvoiceTax.Input, InvoiceView> {

    private final InvoiceAccess access;
    private final CustomerProfiles profiles;

    RecalculateInvoiceTax(InvoiceAccess access, CustomerProfiles profiles) {
        this.access = access;
        this.profiles = profiles;
    }

    /** The invoice. */
    public record Input(String invoiceId) {}

    @Override
    public InvoiceView apply(Input input) {
        Instant now = access.now();
        Invoice invoice = access.stored(input.invoiceId);
        TaxRate tax = profiles.of(invoice.parties().customer().id()).tax();
        return access.view(access.invoices().change(invoice.id(), draft -> InvoiceEdit.taxed(draft, tax, now)));
    }
}
