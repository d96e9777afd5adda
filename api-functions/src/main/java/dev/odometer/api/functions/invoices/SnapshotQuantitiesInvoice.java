package dev.odometer.api.functions.invoices;

import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceAction;
import dev.odometer.views.InvoiceView;
import java.util.function.Function;

/** Collects the usage of a draft now, instead of at its collection time. */
public final class SnapshotQuantitiesInvoice implements Function<SnapshotQuantitiesInvoice.Input, InvoiceView> {

    private final InvoiceAccess access;

    SnapshotQuantitiesInvoice(InvoiceAccess access) {
        this.access = access;
    }

    /** The invoice. */
    public record Input(String invoiceId) {}

    @Override
    public InvoiceView apply(Input input) {
        Invoice invoice = access.allowing(InvoiceAction.SNAPSHOT_QUANTITIES, input.invoiceId);
        return access.view(access.invoices().collect(invoice.id(), access.request()));
    }
}
