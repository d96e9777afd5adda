package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.invoice.Settlement;
import dev.odometer.views.InvoiceView;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Computes the invoices of a customer that are due, one for each currency. Nothing is stored. */
public final class PreviewInvoice implements Function<PreviewInvoice.Input, List<InvoiceView>> {

    private final CustomerLookup customers;
    private final Invoices invoices;
    private final DueRequests requests;

    PreviewInvoice(CustomerLookup customers, Invoices invoices, DueRequests requests) {
        this.customers = customers;
        this.invoices = invoices;
        this.requests = requests;
    }

    /**
     * What to compute.
     *
     * @param customerId an id or a key
     * @param asOf not in the future; now when absent
     * @param progressiveBillingOverride whether usage is billed before the end of its period; as in the billing profile
     *     when absent
     */
    public record Input(
            String customerId,
            @Nullable Instant asOf,
            @Nullable Boolean progressiveBillingOverride) {}

    @Override
    public List<InvoiceView> apply(Input input) {
        Customer customer = customers.live(input.customerId);
        Settlement.Request request = requests.of(customer.id(), input.asOf, input.progressiveBillingOverride, Set.of());
        return invoices.preview(customer.id(), request).stream()
                .map(draft -> InvoiceView.unstored(draft, request.now()))
                .toList();
    }
}
