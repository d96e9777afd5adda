package dev.odometer.api.functions.billing;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.Numeric;
import dev.odometer.api.functions.pricing.DiscountsDraft;
import dev.odometer.api.functions.pricing.PriceDraft;
import dev.odometer.api.functions.pricing.TaxConfigDraft;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.invoice.InvoiceLine.Item;
import dev.odometer.metering.invoice.InvoiceLine.Wording;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.TaxConfig;
import dev.odometer.metering.pricing.UsageSplit;
import dev.odometer.metering.resource.Slug;
import dev.odometer.metering.resource.Timestamp;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A line of a simulated invoice in requests. The price is given in {@code price} or in {@code rateCard}.
 *
 * @param id a ULID; a new one when absent
 * @param quantity a string of a decimal
 * @param preLinePeriodQuantity the units of the period before this line, a string of a decimal; 0 when absent
 * @param featureKey required for a usage-based price
 */
public record SimulatedLineDraft(
        @Nullable String id,
        @Nullable String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        @Nullable Period period,
        @Nullable Instant invoiceAt,
        @Nullable String quantity,
        @Nullable String preLinePeriodQuantity,
        @Nullable PriceDraft price,
        @Nullable Card rateCard,
        @Nullable String featureKey,
        @Nullable TaxConfigDraft taxConfig) {

    /**
     * The period that a line is for, in whole seconds.
     *
     * @param to after {@code from}
     */
    public record Period(@Nullable Instant from, @Nullable Instant to) {

        private Window toWindow() {
            Instant start = seconds("period.from", Bounds.required("period.from", from));
            Instant end = seconds("period.to", Bounds.required("period.to", to));
            if (!start.isBefore(end)) {
                throw Refusal.invalid("period.from must be before period.to: " + start);
            }
            return new Window(start, end);
        }

        private static Instant seconds(String field, Instant time) {
            return Timestamp.checked(field, time).truncatedTo(ChronoUnit.SECONDS);
        }
    }

    /**
     * The rate card of a line.
     *
     * @param price required; null for free
     */
    @SuppressWarnings("NullableOptional") // an absent member differs from null
    public record Card(
            @Nullable String featureKey,
            @Nullable TaxConfigDraft taxConfig,
            @Nullable Optional<PriceDraft> price,
            @Nullable DiscountsDraft discounts) {

        private @Nullable Pricing toPricing(Discounts discounted) {
            return Bounds.required("price", price)
                    .map(draft -> new Pricing(draft.toPrice(), draft.toCommitment(), discounted))
                    .orElse(null);
        }
    }

    /**
     * A line that is not rated yet.
     *
     * @param pricePlace the member of the price, {@code price} or {@code rateCard.price}
     * @param featurePlace the member of the feature's key
     */
    record Unrated(
            @Nullable String id,
            Wording wording,
            Item item,
            UsageSplit usage,
            String pricePlace,
            String featurePlace) {}

    /** @throws Refusal when a field is missing or invalid; the sentence begins with the field */
    Unrated toLine() {
        if (id != null && !Ulid.looksLike(id)) {
            throw Refusal.invalid("id must be a ULID: " + Refusal.quote(id));
        }
        var wording =
                new Wording(Bounds.required("name", name), description, Objects.requireNonNullElse(metadata, Map.of()));
        Window window = Bounds.required("period", period).toWindow();
        Instant due = Timestamp.checked("invoiceAt", Bounds.required("invoiceAt", invoiceAt));
        BigDecimal before =
                Numeric.parse("preLinePeriodQuantity", Objects.requireNonNullElse(preLinePeriodQuantity, "0"));
        var usage = new UsageSplit(before, Numeric.required("quantity", quantity), before.signum() == 0, true);
        return new Unrated(
                id,
                wording,
                toItem(window, due),
                usage,
                rateCard == null ? "price" : "rateCard.price",
                rateCard == null || rateCard.featureKey == null ? "featureKey" : "rateCard.featureKey");
    }

    private Item toItem(Window window, Instant due) {
        if ((price == null) == (rateCard == null)) {
            throw Refusal.invalid("price or rateCard is required, not both");
        }
        if (price != null) {
            var pricing = new Pricing(price.toPrice(), price.toCommitment(), Discounts.NONE);
            return new Item(
                    window, due, pricing, Discounts.NONE, slug(featureKey), TaxConfigDraft.toTaxConfig(taxConfig));
        }
        String feature = sameOrEither("featureKey", slug(featureKey), within(card -> slug(card.featureKey)));
        TaxConfig tax = sameOrEither(
                "taxConfig",
                TaxConfigDraft.toTaxConfig(taxConfig),
                within(card -> TaxConfigDraft.toTaxConfig(card.taxConfig)));
        Discounts discounted = Objects.requireNonNull(within(card -> DiscountsDraft.toDiscounts(card.discounts)));
        return new Item(window, due, within(card -> card.toPricing(discounted)), discounted, feature, tax);
    }

    private <T> @Nullable T within(Function<Card, @Nullable T> conversion) {
        try {
            return conversion.apply(Objects.requireNonNull(rateCard));
        } catch (Refusal refusal) {
            throw refusal.within("rateCard");
        }
    }

    /** The value of a member that the line and its rate card have; both must be equal if both are given. */
    private static <T> @Nullable T sameOrEither(String field, @Nullable T ofLine, @Nullable T ofCard) {
        if (ofLine != null && ofCard != null && !ofLine.equals(ofCard)) {
            throw Refusal.invalid(field + " must be the same as rateCard." + field);
        }
        return ofLine == null ? ofCard : ofLine;
    }

    private static @Nullable String slug(@Nullable String key) {
        return key == null ? null : Slug.parse("featureKey", key);
    }
}
