package dev.odometer.api.functions.invoices;

import dev.odometer.metering.handoff.HandOff;
import dev.odometer.metering.handoff.HandOffs;
import dev.odometer.metering.invoice.BillingSettings;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceAction;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.invoice.Settlement;
import dev.odometer.metering.resource.Page;
import dev.odometer.views.InvoiceView;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The stores, the clock and the response format that the functions for invoices share. */
record InvoiceAccess(Invoices invoices, HandOffs handOffs, BillingSettings settings, Clock clock) {

    private static final String NOT_AVAILABLE = "invoice_action_not_available";

    Instant now() {
        return clock.instant();
    }

    Settlement.Request request() {
        return settings.due(now());
    }

    /**
     * An invoice that allows the action.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is none; INVALID when the action is not
     *     available
     */
    Invoice allowing(InvoiceAction action, String id) {
        Invoice invoice = stored(id);
        invoice.require(action, now());
        return invoice;
    }

    /** An invoice that is not gathering. */
    Invoice stored(String id) {
        return new InvoiceLookup(invoices).stored(id, NOT_AVAILABLE);
    }

    /** The response, with the lines that are charged. */
    InvoiceView view(Invoice invoice) {
        return view(invoice, InvoiceView.Shown.withLines(now()));
    }

    InvoiceView view(Invoice invoice, InvoiceView.Shown shown) {
        return InvoiceView.of(
                invoice, shown, handOffs.find(List.of(invoice.id())).get(invoice.id()));
    }

    Page<InvoiceView> views(Page<Invoice> page, InvoiceView.Shown shown) {
        Map<String, HandOff> found =
                handOffs.find(page.items().stream().map(Invoice::id).toList());
        return page.map(invoice -> InvoiceView.of(invoice, shown, found.get(invoice.id())));
    }
}
