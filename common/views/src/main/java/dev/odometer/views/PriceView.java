package dev.odometer.views;

import dev.odometer.metering.pricing.Commitment;
import dev.odometer.metering.pricing.PaymentTerm;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.Tier;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A price in API responses; amounts are strings of decimals. It has the fields of its type only. */
public record PriceView(
        String type,
        @Nullable String amount,
        @Nullable String paymentTerm,
        @Nullable String mode,
        @Nullable List<TierView> tiers,
        @Nullable String quantityPerPackage,
        @Nullable String multiplier,
        @Nullable String minimumAmount,
        @Nullable String maximumAmount) {

    /** A component of a tier; its type is flat or unit. */
    public record Component(String type, String amount) {

        private static Optional<Component> of(String type, @Nullable BigDecimal amount) {
            return Optional.ofNullable(amount).map(value -> new Component(type, value.toPlainString()));
        }
    }

    /** A tier; a component that it does not have is null. */
    public record TierView(@Nullable String upToAmount, Optional<Component> flatPrice, Optional<Component> unitPrice) {

        private static TierView of(Tier tier) {
            return new TierView(
                    text(tier.upTo()), Component.of("flat", tier.flat()), Component.of("unit", tier.unit()));
        }
    }

    public static PriceView of(Pricing pricing) {
        Price price = pricing.price();
        if (price instanceof Price.Flat flat) {
            String term = flat.term() == PaymentTerm.IN_ADVANCE ? "in_advance" : "in_arrears";
            return new PriceView("flat", text(flat.amount()), term, null, null, null, null, null, null);
        }
        Commitment commitment = pricing.commitment();
        PriceView view = byUsage(price);
        return new PriceView(
                view.type,
                view.amount,
                null,
                view.mode,
                view.tiers,
                view.quantityPerPackage,
                view.multiplier,
                text(commitment.minimum()),
                text(commitment.maximum()));
    }

    private static PriceView byUsage(Price price) {
        if (price instanceof Price.PerUnit unit) {
            return new PriceView("unit", text(unit.amount()), null, null, null, null, null, null, null);
        }
        if (price instanceof Price.PerPackage packages) {
            return new PriceView(
                    "package", text(packages.amount()), null, null, null, text(packages.size()), null, null, null);
        }
        if (price instanceof Price.Dynamic dynamic) {
            return new PriceView("dynamic", null, null, null, null, null, text(dynamic.multiplier()), null, null);
        }
        boolean isVolume = price instanceof Price.Volume;
        List<Tier> tiers = price instanceof Price.Volume volume ? volume.tiers() : ((Price.Graduated) price).tiers();
        return new PriceView(
                "tiered",
                null,
                null,
                isVolume ? "volume" : "graduated",
                tiers.stream().map(TierView::of).toList(),
                null,
                null,
                null,
                null);
    }

    private static @Nullable String text(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }
}
