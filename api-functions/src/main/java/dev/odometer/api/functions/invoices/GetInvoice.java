package dev.odometer.api.functions.invoices;

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

/** Returns an invoice, even if it is deleted, or what waits for one. */
public final class GetInvoice implements Function<GetInvoice.Input, InvoiceView> {

    private static final List<String> DEFAULT = List.of("lines");

    private final InvoiceAccess access;
    private final Customers customers;
    private final PendingLines pending;

    GetInvoice(InvoiceAccess access, Customers customers, PendingLines pending) {
        this.access = access;
        this.customers = customers;
        this.pending = pending;
    }

    /**
     * The invoice.
     *
     * @param expand lines, the default; preceding; workflow.apps, which is always shown
     * @param includeDeletedLines the lines that a user removed, too
     */
    public record Input(
            String invoiceId,
            @Nullable List<@Nullable String> expand,
            @Nullable Boolean includeDeletedLines) {}

    @Override
    public InvoiceView apply(Input input) {
        Instant now = access.now();
        List<@Nullable String> expand =
                input.expand == null || input.expand.isEmpty() ? List.copyOf(DEFAULT) : input.expand;
        Shown shown = InvoiceExpansion.shown(expand, Boolean.TRUE.equals(input.includeDeletedLines), now);
        var lookup = new InvoiceLookup(access.invoices());
        Optional<Invoice> made = lookup.find(input.invoiceId);
        return made.isPresent()
                ? InvoiceView.of(made.get(), shown)
                : lookup.findGathering(input.invoiceId)
                        .map(gathering -> gathering(gathering, shown))
                        .orElseThrow(() -> InvoiceLookup.missing(input.invoiceId));
    }

    private InvoiceView gathering(Gathering gathering, Shown shown) {
        var customer = customers.find(gathering.customerId()).orElseThrow();
        return InvoiceView.gathering(pending.of(gathering, customer, shown.now()), shown);
    }
}
