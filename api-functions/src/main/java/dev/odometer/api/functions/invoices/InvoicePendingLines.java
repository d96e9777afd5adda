package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.invoice.Settlement;
import dev.odometer.views.InvoiceView;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Drafts the invoices of a customer that are due, one for each currency. A repeated call finds nothing left to bill and
 * is refused.
 */
public final class InvoicePendingLines implements Function<InvoicePendingLines.Input, List<InvoiceView>> {

    private static final int MAX_LINES = 1000;

    private final CustomerLookup customers;
    private final DueRequests requests;
    private final InvoiceAccess access;

    InvoicePendingLines(CustomerLookup customers, DueRequests requests, InvoiceAccess access) {
        this.customers = customers;
        this.requests = requests;
        this.access = access;
    }

    /**
     * What to bill.
     *
     * @param customerId an id or a key
     * @param asOf not in the future; now when absent
     * @param progressiveBillingOverride whether usage is billed before the end of its period; as in the billing profile
     *     when absent
     */
    public record Input(
            @Required @Nullable String customerId,
            @Nullable Instant asOf,
            @Nullable Filters filters,
            @Nullable Boolean progressiveBillingOverride) {}

    /**
     * Which lines to bill.
     *
     * @param lineIds of lines that were added by hand, all of which must be due; all that is due when absent
     */
    public record Filters(@Nullable List<@Nullable String> lineIds) {}

    @Override
    public List<InvoiceView> apply(Input input) {
        Customer customer = customers.live(Bounds.required("customerId", input.customerId));
        List<@Nullable String> lineIds = input.filters == null ? null : input.filters.lineIds;
        Set<String> keys = Bounds.texts("filters.lineIds", lineIds, MAX_LINES);
        if (lineIds != null && keys.isEmpty()) {
            throw notBillable("filters.lineIds must not be empty; omit it to bill all that is due");
        }
        Settlement.Request request = requests.of(customer.id(), input.asOf, input.progressiveBillingOverride, keys);
        Invoices invoices = access.invoices();
        if (!keys.isEmpty()) {
            requireDue(keys, invoices.preview(customer.id(), request));
        }
        List<Invoice> drafts = invoices.settle(List.of(customer.id()), request);
        if (drafts.isEmpty()) {
            throw Invoices.nothingDue(null);
        }
        return drafts.stream().map(access::view).toList();
    }

    private static void requireDue(Set<String> keys, List<Invoice> drafts) {
        var missing = new TreeSet<>(keys);
        drafts.forEach(draft ->
                draft.lines().forEach(line -> missing.remove(line.stored().key())));
        if (!missing.isEmpty()) {
            throw notBillable(
                    "filters.lineIds contains a line that is not pending, or that is not due yet: " + missing.first());
        }
    }

    private static Refusal notBillable(String detail) {
        return BillingProfile.refusal("invoice_lines_not_billable", detail);
    }
}
