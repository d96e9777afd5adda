package dev.odometer.documents;

import dev.odometer.metering.pricing.Commitment;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.PaymentTerm;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.Tier;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prices of lines. */
public final class SamplePrices {

    private SamplePrices() {}

    public static Pricing fee(String amount) {
        return Pricing.of(new Price.Flat(new BigDecimal(amount), PaymentTerm.IN_ARREARS));
    }

    public static Pricing unit(String amount) {
        return Pricing.of(new Price.PerUnit(new BigDecimal(amount)));
    }

    /** Three tiers: 5 and 0.10 a unit up to 100, 0.05 up to 1,000, 0.01 above. */
    public static Pricing graduated() {
        return Pricing.of(new Price.Graduated(
                List.of(tier("100", "5", "0.1"), tier("1000", null, "0.05"), tier(null, null, "0.01"))));
    }

    public static Tier tier(@Nullable String upTo, @Nullable String flat, @Nullable String unit) {
        return new Tier(decimal(upTo), decimal(flat), decimal(unit));
    }

    public static @Nullable BigDecimal decimal(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    public static Pricing discounted(Pricing pricing, @Nullable String percentage, @Nullable String units) {
        return new Pricing(pricing.price(), pricing.commitment(), new Discounts(decimal(percentage), decimal(units)));
    }

    public static Pricing committed(Pricing pricing, @Nullable String minimum, @Nullable String maximum) {
        return new Pricing(pricing.price(), new Commitment(decimal(minimum), decimal(maximum)), pricing.discounts());
    }
}
