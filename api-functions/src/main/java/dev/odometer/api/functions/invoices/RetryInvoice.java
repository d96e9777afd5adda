package dev.odometer.api.functions.invoices;

import dev.odometer.metering.handoff.HandOff;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceAction;
import dev.odometer.views.InvoiceView;
import java.util.List;
import java.util.function.Function;

/**
 * Repeats the hand-off of an invoice to the payment provider if it has failed or waits for the operator. Otherwise it
 * refuses with the code {@code invoice_action_not_available}.
 */
public final class RetryInvoice implements Function<RetryInvoice.Input, InvoiceView> {

    private final InvoiceAccess access;

    RetryInvoice(InvoiceAccess access) {
        this.access = access;
    }

    /** The invoice. */
    public record Input(String invoiceId) {}

    @Override
    public InvoiceView apply(Input input) {
        Invoice invoice = access.stored(input.invoiceId);
        HandOff handOff = access.handOffs().find(List.of(invoice.id())).get(invoice.id());
        if (handOff == null || !handOff.canRestart()) {
            invoice.require(InvoiceAction.RETRY, access.now()); // refuses: no status of an invoice allows it
        }
        access.handOffs().restart(invoice.id(), access.handOffs().now());
        return access.view(invoice);
    }
}
