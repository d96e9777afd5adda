package dev.odometer.metering.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties of rating that hold for all prices, terms and usage, compared with {@link NaiveRater}. */
class RatingLawsTest {

    private static Money whole(Pricing pricing, Currency currency, BigDecimal usage) {
        return Rating.rate(pricing, currency, UsageSplit.whole(usage)).total();
    }

    /** Rates the parts one after the other. */
    private static List<RatedLine> parts(Pricing pricing, Currency currency, List<BigDecimal> usages) {
        var lines = new ArrayList<RatedLine>();
        BigDecimal before = BigDecimal.ZERO;
        for (int i = 0; i < usages.size(); i++) {
            var part = new UsageSplit(before, usages.get(i), i == 0, i == usages.size() - 1);
            lines.add(Rating.rate(pricing, currency, part));
            before = part.total();
        }
        return lines;
    }

    private static BigDecimal sum(List<BigDecimal> usages) {
        return usages.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Money total(List<RatedLine> lines, Currency currency) {
        return lines.stream().map(RatedLine::total).reduce(Money.zero(currency), Money::plus);
    }

    @Property(tries = 3000)
    void costsWhatTheOracleSays(
            @ForAll("pricings") Pricing pricing,
            @ForAll("currencies") Currency currency,
            @ForAll("usage") BigDecimal usage) {
        var oracle = new NaiveRater(pricing, currency.getDefaultFractionDigits());

        assertThat(whole(pricing, currency, usage).amount()).isEqualTo(oracle.owed(usage, true));
    }

    @Property(tries = 3000)
    void addsPartsUpToTheWhole(
            @ForAll("pricings") Pricing pricing,
            @ForAll("currencies") Currency currency,
            @ForAll("usages") List<BigDecimal> usages) {
        List<RatedLine> lines = parts(pricing, currency, usages);

        assertThat(total(lines, currency)).isEqualTo(whole(pricing, currency, sum(usages)));
    }

    /** After every part, as many parts as there were have charged what the period costs so far. */
    @Property(tries = 3000)
    void chargesEveryPartTheDifference(
            @ForAll("pricings") Pricing pricing,
            @ForAll("currencies") Currency currency,
            @ForAll("usages") List<BigDecimal> usages) {
        var oracle = new NaiveRater(pricing, currency.getDefaultFractionDigits());
        List<RatedLine> lines = parts(pricing, currency, usages);

        for (int i = 1; i <= lines.size(); i++) {
            assertThat(total(lines.subList(0, i), currency).amount())
                    .isEqualTo(oracle.owed(sum(usages.subList(0, i)), i == lines.size()));
        }
    }

    @Property(tries = 2000)
    void givesBackExactlyWhatACorrectionTakesAway(
            @ForAll("pricings") Pricing pricing,
            @ForAll("currencies") Currency currency,
            @ForAll("usage") BigDecimal before,
            @ForAll("usage") BigDecimal usage) {
        Money charged = Rating.rate(pricing, currency, new UsageSplit(before, usage, false, false))
                .total();

        Money credited = Rating.rate(pricing, currency, new UsageSplit(before.add(usage), usage.negate(), false, false))
                .total();

        assertThat(credited).isEqualTo(charged.negated());
    }

    @Property(tries = 2000)
    void sumsTheChargesOfALine(
            @ForAll("pricings") Pricing pricing,
            @ForAll("currencies") Currency currency,
            @ForAll("usages") List<BigDecimal> usages) {
        assertThat(parts(pricing, currency, usages)).allSatisfy(line -> {
            Money charges = line.charges().stream().map(RatedCharge::total).reduce(Money.zero(currency), Money::plus);
            assertThat(line.total()).isEqualTo(charges);
            assertThat(line.total())
                    .isEqualTo(line.amount().plus(line.commitment()).minus(line.discounts()));
        });
    }

    /** The quantities of each component add up to those of the whole, so that an invoice can show them. */
    @Property(tries = 2000)
    void splitsQuantitiesLikeAmounts(
            @ForAll("graduatedPricings") Pricing pricing,
            @ForAll("currencies") Currency currency,
            @ForAll("usages") List<BigDecimal> usages) {
        RatedLine whole = Rating.rate(pricing, currency, UsageSplit.whole(sum(usages)));

        assertThat(units(parts(pricing, currency, usages))).isEqualByComparingTo(units(List.of(whole)));
    }

    private static BigDecimal units(List<RatedLine> lines) {
        return lines.stream()
                .flatMap(line -> line.charges().stream())
                .filter(charge -> charge.charge().kind() == Charge.Kind.TIER_UNIT)
                .map(charge -> charge.charge()
                        .quantity()
                        .multiply(BigDecimal.TEN.pow(charge.charge().tier())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Property(tries = 2000)
    void staysBetweenMinimumAndMaximum(
            @ForAll("pricings") Pricing pricing,
            @ForAll("currencies") Currency currency,
            @ForAll("usage") BigDecimal usage) {
        Commitment commitment = pricing.commitment();
        Money total = whole(pricing, currency, usage);

        if (commitment.minimum() != null) {
            assertThat(total).isGreaterThanOrEqualTo(Money.rounded(commitment.minimum(), currency));
        }
        if (commitment.maximum() != null) {
            assertThat(total).isLessThanOrEqualTo(Money.rounded(commitment.maximum(), currency));
        }
    }

    @Property(tries = 3000)
    void neverCostsLessForMoreUnlessByVolume(
            @ForAll("monotonePricings") Pricing pricing,
            @ForAll("currencies") Currency currency,
            @ForAll("usage") BigDecimal usage,
            @ForAll("usage") BigDecimal more) {
        Money less = whole(pricing, currency, usage);

        assertThat(whole(pricing, currency, usage.add(BigDecimal.ONE))).isGreaterThanOrEqualTo(less);
        assertThat(whole(pricing, currency, usage.add(more.abs()))).isGreaterThanOrEqualTo(less);
    }

    /** A part with positive usage is no credit, and takes off no more than it charges. */
    @Property(tries = 2000)
    void neverCreditsUsage(
            @ForAll("monotonePricings") Pricing pricing,
            @ForAll("currencies") Currency currency,
            @ForAll("usages") List<BigDecimal> usages) {
        List<BigDecimal> positive = usages.stream().map(BigDecimal::abs).toList();

        assertThat(parts(pricing, currency, positive))
                .allSatisfy(line -> assertThat(line.total().signum()).isNotNegative());
    }

    @Provide
    Arbitrary<Pricing> pricings() {
        return PricingArbitraries.terms(PricingArbitraries.prices()).withoutEdgeCases();
    }

    @Provide
    Arbitrary<Pricing> monotonePricings() {
        return PricingArbitraries.terms(PricingArbitraries.monotone()).withoutEdgeCases();
    }

    @Provide
    Arbitrary<Pricing> graduatedPricings() {
        return PricingArbitraries.terms(PricingArbitraries.graduated()).withoutEdgeCases();
    }

    @Provide
    Arbitrary<Currency> currencies() {
        return PricingArbitraries.currencies();
    }

    @Provide
    Arbitrary<BigDecimal> usage() {
        return PricingArbitraries.usage();
    }

    @Provide
    Arbitrary<List<BigDecimal>> usages() {
        return PricingArbitraries.usage().list().ofMinSize(1).ofMaxSize(8);
    }
}
