package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.billing.LineDraft;
import dev.odometer.api.functions.billing.LineDraft.Card;
import dev.odometer.api.functions.billing.LineDraft.Period;
import dev.odometer.api.functions.billing.LineDraft.Priced;
import dev.odometer.api.functions.pricing.PriceDraft;
import dev.odometer.api.functions.pricing.TaxConfigDraft;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.invoice.BillableItem;
import dev.odometer.metering.invoice.InvoiceLine.Item;
import dev.odometer.metering.pricing.PaymentTerm;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.resource.Ulid;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A pending line in requests; see {@link LineDraft}.
 *
 * @param id a ULID, which makes a repeated request a conflict; a new one when absent
 */
public record PendingLineDraft(
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

    /** A line that is checked except for its feature. */
    record Pending(@Nullable String id, Priced line) {

        BillableItem toItem(Currency currency, @Nullable String featureId, Supplier<String> ids) {
            return new BillableItem(
                    Objects.requireNonNullElseGet(id, ids),
                    currency,
                    line.wording(),
                    line.item(),
                    line.isByUsage() ? featureId : null,
                    null);
        }
    }

    /** @throws Refusal when a field is missing or invalid; the sentence begins with the field */
    Pending toPending() {
        if (id != null && !Ulid.looksLike(id)) {
            throw Refusal.invalid("id must be a ULID: " + Refusal.quote(id));
        }
        Priced line = new LineDraft(
                        name, description, metadata, period, invoiceAt, price, rateCard, featureKey, taxConfig)
                .toLine();
        checkDue(line.item());
        return new Pending(id, line);
    }

    /** A price in arrears is known only at the end of its period. */
    static void checkDue(Item item) {
        if (!isInAdvance(item.pricing())
                && item.invoiceAt().isBefore(item.period().end())) {
            throw Refusal.invalid(
                    "invoiceAt must not be before period.to, except for a flat price in advance: " + item.invoiceAt());
        }
    }

    private static boolean isInAdvance(@Nullable Pricing pricing) {
        if (pricing == null) {
            return true;
        }
        return pricing.price() instanceof Price.Flat flat && flat.term() == PaymentTerm.IN_ADVANCE;
    }
}
