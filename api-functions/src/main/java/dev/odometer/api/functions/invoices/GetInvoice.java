package dev.odometer.api.functions.invoices;

import dev.odometer.documents.Corrected;
import dev.odometer.documents.InvoiceDocument;
import dev.odometer.documents.InvoiceRepresentations;
import dev.odometer.documents.PageConverter;
import dev.odometer.functions.route.Represented;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.Invoices.Gathering;
import dev.odometer.views.InvoiceView;
import dev.odometer.views.InvoiceView.Shown;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Returns an invoice, even if it is deleted, or a gathering invoice; as JSON, CSV or a document. */
public final class GetInvoice implements Function<GetInvoice.Input, Represented<InvoiceView>> {

    private static final List<String> DEFAULT = List.of("lines");

    private final InvoiceAccess access;
    private final Customers customers;
    private final PendingLines pending;
    private final List<PageConverter> converters;

    GetInvoice(InvoiceAccess access, Customers customers, PendingLines pending, List<PageConverter> converters) {
        this.access = access;
        this.customers = customers;
        this.pending = pending;
        this.converters = List.copyOf(converters);
    }

    /**
     * The invoice.
     *
     * @param expand lines, the default; preceding; workflow.apps, which is always shown
     * @param includeDeletedLines whether the lines that a user removed are included
     */
    public record Input(
            String invoiceId,
            @Nullable List<@Nullable String> expand,
            @Nullable Boolean includeDeletedLines) {}

    @Override
    public Represented<InvoiceView> apply(Input input) {
        Instant now = access.now();
        List<@Nullable String> expand =
                input.expand == null || input.expand.isEmpty() ? List.copyOf(DEFAULT) : input.expand;
        Shown shown = InvoiceExpansion.shown(expand, Boolean.TRUE.equals(input.includeDeletedLines), now);
        var lookup = new InvoiceLookup(access.invoices());
        Optional<Invoice> found = lookup.find(input.invoiceId);
        if (found.isPresent()) {
            return represented(access.view(found.get(), shown), found.get());
        }
        Gathering gathering =
                lookup.findGathering(input.invoiceId).orElseThrow(() -> InvoiceLookup.missing(input.invoiceId));
        Customer customer = customers.find(gathering.customerId()).orElseThrow();
        Invoice waiting = pending.of(gathering, customer, now);
        return represented(InvoiceView.gathering(waiting, shown), waiting);
    }

    private Represented<InvoiceView> represented(InvoiceView view, Invoice invoice) {
        return new InvoiceRepresentations<>(
                view, () -> new InvoiceDocument(invoice, Corrected.of(invoice, access.invoices()::find)), converters);
    }
}
