package dev.odometer.api.functions.portal;

import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.invoice.InvoiceSearch;
import dev.odometer.metering.invoice.InvoiceSearch.Between;
import dev.odometer.metering.invoice.InvoiceSearch.Order;
import dev.odometer.metering.invoice.InvoiceStatus;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.portal.PortalToken;
import dev.odometer.metering.portal.PortalToken.Area;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.views.InvoiceView;
import dev.odometer.views.InvoiceView.Shown;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists the issued invoices of the customer that the token's subject belongs to, latest first. */
public final class ListPortalInvoices implements Function<ListPortalInvoices.Input, Page<PortalInvoiceView>> {

    /** Named one by one, so that a new status is not shown unless this list is changed. */
    private static final Set<InvoiceStatus> ISSUED = Set.of(
            InvoiceStatus.ISSUED,
            InvoiceStatus.PAYMENT_FAILED,
            InvoiceStatus.PAYMENT_ACTION_REQUIRED,
            InvoiceStatus.PAID,
            InvoiceStatus.OVERDUE,
            InvoiceStatus.UNCOLLECTIBLE,
            InvoiceStatus.VOIDED);

    private final TokenCheck check;
    private final Customers customers;
    private final Invoices invoices;

    ListPortalInvoices(TokenCheck check, Customers customers, Invoices invoices) {
        this.check = check;
        this.customers = customers;
        this.invoices = invoices;
    }

    /**
     * The page.
     *
     * @param authorization the {@code Authorization} header of the request
     * @param page from 1
     * @param pageSize 1 to 1,000; 100 when absent
     */
    public record Input(
            @Nullable String authorization,
            @Nullable Integer page,
            @Nullable Integer pageSize) {}

    @Override
    public Page<PortalInvoiceView> apply(Input input) {
        PortalToken token = check.authenticate(input.authorization, Area.INVOICES);
        PageRequest page = PageRequest.of(input.page, input.pageSize);
        return customers
                .idBySubject(token.subject())
                .map(customerId -> issued(customerId, page))
                .orElseGet(() -> page.slice(List.of()));
    }

    private Page<PortalInvoiceView> issued(String customerId, PageRequest page) {
        Instant now = check.clock().instant();
        var search = new InvoiceSearch(
                Set.of(customerId),
                ISSUED,
                Between.ANY,
                Between.ANY,
                Between.ANY,
                false,
                now,
                Order.ISSUED_AT,
                true,
                page);
        var shown = new Shown(now, false, false, false);
        return invoices.list(search).map(invoice -> PortalInvoiceView.of(InvoiceView.of(invoice, shown)));
    }
}
