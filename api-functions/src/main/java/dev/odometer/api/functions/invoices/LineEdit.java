package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.billing.LineCheck;
import dev.odometer.api.functions.billing.LineDraft.Priced;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.InvoiceLine.Item;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.usage.Window;
import dev.odometer.views.PriceView;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A line of an invoice in a request.
 *
 * @param id absent for a new line
 * @param setsDiscounts whether the request has a rate card, in which absent discounts are none
 */
record LineEdit(@Nullable String id, Priced line, boolean setsDiscounts) {

    /**
     * The changed line.
     *
     * @param place in the request
     * @throws Refusal when the request changes what cannot change
     */
    InvoiceLine of(InvoiceLine stored, Invoice draft, String place, Supplier<String> ids) {
        requireSame(place, stored.item());
        InvoiceLine worded = stored.worded(line.wording());
        Discounts discounts = line.item().discounts();
        if (!setsDiscounts || isSame(discounts, stored.item().discounts())) {
            return worded;
        }
        LineCheck.requireDiscounts(place, line);
        if (draft.times().collectedAt() == null && stored.stored().evidence() != null) {
            throw Refusal.invalid(place + ".rateCard.discounts cannot be changed before the usage of the invoice is"
                    + " collected; snapshot its quantities first");
        }
        try {
            return worded.discounted(discounts, ids);
        } catch (Refusal refusal) {
            throw refusal.within(place);
        }
    }

    private void requireSame(String place, Item stored) {
        Item given = line.item();
        requireSame(place + ".period", isSame(given.period(), stored.period()));
        requireSame(place + ".invoiceAt", given.invoiceAt().equals(stored.invoiceAt()));
        requireSame(place + ".featureKey", Objects.equals(given.featureKey(), stored.featureKey()));
        requireSame(place + ".taxConfig", Objects.equals(given.taxConfig(), stored.taxConfig()));
        requireSame(place + "." + line.pricePlace(), isSame(given.pricing(), stored.pricing()));
    }

    private static void requireSame(String field, boolean isSame) {
        if (!isSame) {
            throw Refusal.invalid(
                    field + " of an existing line cannot be changed; remove the line and add another one");
        }
    }

    /** Periods of requests are in whole seconds. */
    private static boolean isSame(Window given, Window stored) {
        return given.start().equals(stored.start().truncatedTo(ChronoUnit.SECONDS))
                && given.end().equals(stored.end().truncatedTo(ChronoUnit.SECONDS));
    }

    /** Compares prices as responses show them, without regard to how many zeros end a decimal internally. */
    private static boolean isSame(@Nullable Pricing given, @Nullable Pricing stored) {
        return Objects.equals(given == null ? null : PriceView.of(given), stored == null ? null : PriceView.of(stored));
    }

    private static boolean isSame(Discounts one, Discounts other) {
        return isSame(one.percentage(), other.percentage()) && isSame(one.usage(), other.usage());
    }

    private static boolean isSame(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return Objects.equals(
                one == null ? null : one.stripTrailingZeros(), other == null ? null : other.stripTrailingZeros());
    }
}
