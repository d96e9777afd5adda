package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.billing.LineDraft;
import dev.odometer.api.functions.billing.LineDraft.Card;
import dev.odometer.api.functions.billing.LineDraft.Period;
import dev.odometer.api.functions.billing.LineDraft.Priced;
import dev.odometer.api.functions.pricing.PriceDraft;
import dev.odometer.api.functions.pricing.TaxConfigDraft;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of an invoice in requests; see {@link LineDraft}.
 *
 * @param id of a line of the invoice, of which only the texts and the discounts can change; absent for a new line
 */
public record InvoiceLineDraft(
        @Nullable String id,
        @Required @Nullable String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        @Required @Nullable Period period,
        @Required @Nullable Instant invoiceAt,
        @Nullable PriceDraft price,
        @Nullable Card rateCard,
        @Nullable String featureKey,
        @Nullable TaxConfigDraft taxConfig) {

    /** @throws Refusal when a field is missing or invalid; the sentence begins with the field */
    LineEdit toEdit() {
        Priced line = new LineDraft(
                        name, description, metadata, period, invoiceAt, price, rateCard, featureKey, taxConfig)
                .toLine();
        if (id == null) {
            PendingLineDraft.checkDue(line.item());
        }
        return new LineEdit(id, line, rateCard != null);
    }
}
