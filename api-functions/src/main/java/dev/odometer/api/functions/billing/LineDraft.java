package dev.odometer.api.functions.billing;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.pricing.DiscountsDraft;
import dev.odometer.api.functions.pricing.PriceDraft;
import dev.odometer.api.functions.pricing.TaxConfigDraft;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.invoice.InvoiceLine.Item;
import dev.odometer.metering.invoice.InvoiceLine.Wording;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.TaxConfig;
import dev.odometer.metering.resource.Slug;
import dev.odometer.metering.resource.Timestamp;
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
 * What the lines of invoices have in common in requests. The price is given in {@code price} or in {@code rateCard}; if
 * both are given, they must be the same.
 *
 * @param featureKey required for a usage-based price
 */
public record LineDraft(
        @Nullable String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        @Nullable Period period,
        @Nullable Instant invoiceAt,
        @Nullable PriceDraft price,
        @Nullable Card rateCard,
        @Nullable String featureKey,
        @Nullable TaxConfigDraft taxConfig) {

    /**
     * The period that a line is for, in whole seconds.
     *
     * @param to after {@code from}
     */
    public record Period(
            @Required @Nullable Instant from,
            @Required @Nullable Instant to) {

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
            @Required @Nullable Optional<PriceDraft> price,
            @Nullable CardDiscounts discounts) {

        private @Nullable Pricing toPricing(Discounts discounted) {
            return Bounds.required("price", price)
                    .map(draft -> new Pricing(draft.toPrice(), draft.toCommitment(), discounted))
                    .orElse(null);
        }
    }

    /** The discounts of a line. */
    public record CardDiscounts(
            @Nullable Percentage percentage, @Nullable Usage usage) {

        private static final CardDiscounts NONE = new CardDiscounts(null, null);

        /**
         * A discount in percent.
         *
         * @param percentage a number from 0 to 100
         * @param correlationId has no effect: a discount is identified by its line and kind
         */
        public record Percentage(
                @Required @Nullable BigDecimal percentage,
                @Nullable String correlationId) {}

        /**
         * Free units.
         *
         * @param quantity a string of a decimal
         * @param correlationId has no effect
         */
        public record Usage(
                @Required @Nullable String quantity,
                @Nullable String correlationId) {}

        private Discounts toDiscounts() {
            return DiscountsDraft.toDiscounts(new DiscountsDraft(
                    percentage == null ? null : new DiscountsDraft.Percentage(percentage.percentage),
                    usage == null ? null : new DiscountsDraft.Usage(usage.quantity)));
        }
    }

    /**
     * A line that is not rated yet.
     *
     * @param pricePlace the member of the price, {@code price} or {@code rateCard.price}
     * @param featurePlace the member of the feature's key
     */
    public record Priced(Wording wording, Item item, String pricePlace, String featurePlace) {

        /** Whether its price depends on usage. */
        public boolean isByUsage() {
            return item.pricing() != null && item.pricing().price().isUsageBased();
        }
    }

    /** @throws Refusal when a field is missing or invalid; the sentence begins with the field */
    public Priced toLine() {
        Window window = Bounds.required("period", period).toWindow();
        Instant due = Timestamp.checked("invoiceAt", Bounds.required("invoiceAt", invoiceAt));
        return new Priced(
                toWording(),
                toItem(window, due),
                rateCard == null ? "price" : "rateCard.price",
                rateCard == null || rateCard.featureKey == null ? "featureKey" : "rateCard.featureKey");
    }

    private Wording toWording() {
        return new Wording(Bounds.required("name", name), description, Objects.requireNonNullElse(metadata, Map.of()));
    }

    private Item toItem(Window window, Instant due) {
        if (price == null && rateCard == null) {
            throw Refusal.invalid("price or rateCard is required");
        }
        if (rateCard == null) {
            var pricing = pricing(Objects.requireNonNull(price), Discounts.NONE);
            return new Item(
                    window, due, pricing, Discounts.NONE, slug(featureKey), TaxConfigDraft.toTaxConfig(taxConfig));
        }
        String feature = sameOrEither("featureKey", slug(featureKey), within(card -> slug(card.featureKey)));
        TaxConfig tax = sameOrEither(
                "taxConfig",
                TaxConfigDraft.toTaxConfig(taxConfig),
                within(card -> TaxConfigDraft.toTaxConfig(card.taxConfig)));
        Discounts discounted = Objects.requireNonNull(within(card ->
                Objects.requireNonNullElse(card.discounts, CardDiscounts.NONE).toDiscounts()));
        Pricing pricing = within(card -> card.toPricing(discounted));
        if (price != null && !pricing(price, discounted).equals(pricing)) {
            throw Refusal.invalid("price must be the same as rateCard.price");
        }
        return new Item(window, due, pricing, discounted, feature, tax);
    }

    private static Pricing pricing(PriceDraft draft, Discounts discounted) {
        return new Pricing(draft.toPrice(), draft.toCommitment(), discounted);
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
