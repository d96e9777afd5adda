package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.invoice.Annulment;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceAction;
import dev.odometer.metering.resource.Text;
import dev.odometer.views.InvoiceView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Voids an issued invoice. It keeps its number. */
public final class VoidInvoice implements Function<VoidInvoice.Input, InvoiceView> {

    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);
    private static final int MAX_REASON_LENGTH = 1024;
    private static final Map<String, Boolean> TYPES = Map.of("discard", false, "pending", true);

    private final InvoiceAccess access;

    VoidInvoice(InvoiceAccess access) {
        this.access = access;
    }

    /**
     * The invoice, and the action on its items.
     *
     * @param reason 1 to 1,024 characters
     * @param overrides must be empty: an invoice is voided as a whole
     */
    public record Input(
            String invoiceId,
            @Required @Nullable Action action,
            @Required @Nullable String reason,
            @Nullable List<Map<String, @Nullable Object>> overrides) {}

    /**
     * The voided part, and the action on its items.
     *
     * @param percentage must be 100
     */
    public record Action(
            @Required @Nullable BigDecimal percentage,
            @Required @Nullable LineAction action) {}

    /**
     * The action on the items of the invoice.
     *
     * @param type discard: they count as billed; pending: the next settlement bills them again
     */
    public record LineAction(@Required @Nullable String type) {}

    @Override
    public InvoiceView apply(Input input) {
        boolean isBilledAgain = isBilledAgain(Bounds.required("action", input.action));
        String reason = Text.checked("reason", Bounds.required("reason", input.reason), MAX_REASON_LENGTH);
        if (input.overrides != null && !input.overrides.isEmpty()) {
            throw Refusal.invalid("overrides must be empty: an invoice can only be voided as a whole");
        }
        Instant now = access.now();
        Invoice invoice = access.allowing(InvoiceAction.VOID, input.invoiceId);
        return access.view(access.invoices().annul(invoice.id(), new Annulment(reason, isBilledAgain), now));
    }

    private static boolean isBilledAgain(Action action) {
        BigDecimal percentage = Bounds.required("action.percentage", action.percentage);
        if (percentage.compareTo(WHOLE) != 0) {
            throw Refusal.invalid("action.percentage must be 100: " + Refusal.quote(percentage.toString()));
        }
        LineAction what = Bounds.required("action.action", action.action);
        return Bounds.choice("action.action.type", Bounds.required("action.action.type", what.type), TYPES);
    }
}
