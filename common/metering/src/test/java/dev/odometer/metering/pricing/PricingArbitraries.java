package dev.odometer.metering.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Prices, terms and usage for properties: small numbers, so that bounds, packages and commitments are often met. */
final class PricingArbitraries {

    private static final int MAX_BOUNDS = 4;

    private PricingArbitraries() {}

    static Arbitrary<Currency> currencies() {
        return Arbitraries.of("USD", "JPY", "KWD", "CLF").map(Currency::getInstance);
    }

    /** Unit prices from tiny to large, with digits below the minor unit. */
    static Arbitrary<BigDecimal> amounts() {
        return Arbitraries.oneOf(
                Arbitraries.of("0", "0.5", "0.005", "0.333", "0.05", "0.000001", "1", "10", "99.995")
                        .map(BigDecimal::new),
                decimals(0, 20_000, 4));
    }

    /** Usage of a part; corrections are negative. */
    static Arbitrary<BigDecimal> usage() {
        return Arbitraries.frequencyOf(
                Tuple.of(5, decimals(0, 20, 0)),
                Tuple.of(3, decimals(0, 20_000, 3)),
                Tuple.of(2, decimals(-15_000, 0, 3)));
    }

    static Arbitrary<BigDecimal> decimals(long from, long to, int scale) {
        return Arbitraries.longs().between(from, to).map(unscaled -> BigDecimal.valueOf(unscaled, scale));
    }

    private static Arbitrary<@Nullable BigDecimal> optional(Arbitrary<BigDecimal> amounts) {
        return amounts.injectNull(0.5);
    }

    static Arbitrary<Price> graduated() {
        return tiers().map(Price.Graduated::new);
    }

    static Arbitrary<Price> volume() {
        return tiers().map(Price.Volume::new);
    }

    /** All but volume prices, which may cost less for more. */
    static Arbitrary<Price> monotone() {
        return Arbitraries.oneOf(
                amounts().map(Price.PerUnit::new),
                amounts().map(Price.Dynamic::new),
                Combinators.combine(amounts(), decimals(1, 1000, 2)).as(Price.PerPackage::new),
                graduated());
    }

    static Arbitrary<Price> prices() {
        Arbitrary<Price> flat = Combinators.combine(amounts(), Arbitraries.of(PaymentTerm.class))
                .as(Price.Flat::new);
        return Arbitraries.oneOf(flat, monotone(), volume());
    }

    private static Arbitrary<List<Tier>> tiers() {
        Arbitrary<Set<Integer>> bounds =
                Arbitraries.integers().between(1, 30).set().ofMinSize(0).ofMaxSize(MAX_BOUNDS);
        return bounds.flatMap(set -> {
            var tiers = new ArrayList<Arbitrary<Tier>>();
            set.forEach(bound -> tiers.add(tier(BigDecimal.valueOf(bound))));
            tiers.add(tier(null));
            return Combinators.combine(tiers).as(List::copyOf);
        });
    }

    private static Arbitrary<Tier> tier(@Nullable BigDecimal bound) {
        return Combinators.combine(optional(amounts()), optional(amounts()))
                .filter((flat, unit) -> flat != null || unit != null)
                .as((flat, unit) -> new Tier(bound, flat, unit));
    }

    /** Commitments and discounts of a price; the minimum is not above the maximum. */
    static Arbitrary<Pricing> terms(Arbitrary<Price> prices) {
        Arbitrary<@Nullable BigDecimal> commitments = optional(decimals(0, 300_000, 3));
        return Combinators.combine(
                        prices,
                        commitments,
                        commitments,
                        optional(decimals(0, 10_000, 2)),
                        optional(decimals(0, 12_000, 3)))
                .as((price, one, other, percentage, free) -> new Pricing(
                        price,
                        one != null && other != null && one.compareTo(other) > 0
                                ? new Commitment(other, one)
                                : new Commitment(one, other),
                        new Discounts(percentage, price.isUsageBased() ? free : null)));
    }
}
