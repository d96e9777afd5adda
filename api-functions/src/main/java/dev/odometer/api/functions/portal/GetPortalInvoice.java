package dev.odometer.api.functions.portal;

import dev.odometer.documents.Corrected;
import dev.odometer.documents.InvoiceDocument;
import dev.odometer.documents.InvoiceRepresentations;
import dev.odometer.documents.PageConverter;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Represented;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.portal.PortalToken;
import dev.odometer.metering.portal.PortalToken.Area;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.views.InvoiceView;
import dev.odometer.views.InvoiceView.Shown;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Returns an issued invoice of the customer that the token's subject belongs to, as JSON or a document. The
 * refusal is the same for an invoice of another customer, a draft, and one that does not exist.
 */
public final class GetPortalInvoice implements Function<GetPortalInvoice.Input, Represented<PortalInvoiceView>> {

    private final TokenCheck check;
    private final Customers customers;
    private final Invoices invoices;
    private final List<PageConverter> converters;

    GetPortalInvoice(TokenCheck check, Customers customers, Invoices invoices, List<PageConverter> converters) {
        this.check = check;
        this.customers = customers;
        this.invoices = invoices;
        this.converters = List.copyOf(converters);
    }

    /**
     * The invoice.
     *
     * @param authorization the {@code Authorization} header of the request
     */
    public record Input(String invoiceId, @Nullable String authorization) {}

    @Override
    public Represented<PortalInvoiceView> apply(Input input) {
        PortalToken token = check.authenticate(input.authorization, Area.INVOICES);
        String customerId = customers.idBySubject(token.subject()).orElse(null);
        Invoice invoice = Optional.of(input.invoiceId)
                .filter(Ulid::looksLike)
                .flatMap(invoices::find)
                .filter(found -> found.parties().customer().id().equals(customerId))
                .filter(found -> found.times().isIssued())
                .orElseThrow(() -> Refusal.notFound("invoice not found: " + Refusal.quote(input.invoiceId)));
        var shown = Shown.withLines(check.clock().instant());
        return new InvoiceRepresentations<>(
                PortalInvoiceView.of(InvoiceView.of(invoice, shown)),
                () -> new InvoiceDocument(invoice, Corrected.of(invoice, invoices::find)),
                converters);
    }
}
