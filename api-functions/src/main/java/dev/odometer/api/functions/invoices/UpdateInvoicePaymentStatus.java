package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.invoice.Annulment;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.Invoice.Payment;
import dev.odometer.metering.invoice.Invoice.Payment.Report;
import dev.odometer.metering.invoice.InvoiceAction;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores a report of an external payment system on an issued invoice. The last report determines the status. A repeated
 * report has no effect.
 */
public final class UpdateInvoicePaymentStatus implements Consumer<UpdateInvoicePaymentStatus.Input> {

    /** By trigger; empty for the one that voids the invoice. */
    private static final Map<String, Optional<Report>> TRIGGERS = triggers();

    private static final Annulment VOIDED_ELSEWHERE = new Annulment("reported as void by the payment status", false);

    private final InvoiceAccess access;

    UpdateInvoicePaymentStatus(InvoiceAccess access) {
        this.access = access;
    }

    /**
     * The invoice and the report.
     *
     * @param trigger paid, payment_failed, payment_uncollectible, payment_overdue, action_required, or void for an
     *     invoice that the other system has voided
     */
    public record Input(
            String invoiceId, @Required @Nullable String trigger) {}

    private static Map<String, Optional<Report>> triggers() {
        var triggers = new HashMap<String, Optional<Report>>();
        for (Report report : Report.values()) {
            triggers.put(report.name().toLowerCase(Locale.ROOT), Optional.of(report));
        }
        triggers.put("void", Optional.empty());
        return triggers;
    }

    @Override
    public void accept(Input input) {
        Instant now = access.now();
        Optional<Report> report = Bounds.choice("trigger", Bounds.required("trigger", input.trigger), TRIGGERS);
        Invoice invoice = access.stored(input.invoiceId);
        if (report.isPresent()) {
            var payment = new Payment(report.get(), now);
            access.invoices().change(invoice.id(), stored -> stored.reported(payment));
        } else if (invoice.times().voidedAt() == null) {
            invoice.require(InvoiceAction.VOID, now);
            access.invoices().annul(invoice.id(), VOIDED_ELSEWHERE, now);
        }
    }
}
