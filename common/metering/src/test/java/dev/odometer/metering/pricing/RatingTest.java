package dev.odometer.metering.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.odometer.metering.money.Currencies;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order of rating, and what splits owe. The tables of docs/billing-rules.md hold the other cases. */
class RatingTest {

    private static final Price GRADUATED = new Price.Graduated(
            List.of(tier("5", "100", "0"), tier("10", "50", null), tier("15", null, "5"), tier(null, null, "1")));

    private static Tier tier(@Nullable String upTo, @Nullable String flat, @Nullable String unit) {
        return new Tier(number(upTo), number(flat), number(unit));
    }

    private static @Nullable BigDecimal number(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    private static String total(Pricing pricing, UsageSplit split) {
        return Rating.rate(pricing, Currencies.parse("currency", "USD"), split)
                .total()
                .amount()
                .toPlainString();
    }

    private static UsageSplit split(String before, String quantity, boolean last) {
        return new UsageSplit(new BigDecimal(before), new BigDecimal(quantity), false, last);
    }

    @Test
    void ratesEachTierOfAGraduatedPrice() {
        assertThat(total(Pricing.of(GRADUATED), UsageSplit.whole(new BigDecimal(22))))
                .isEqualTo("182.00");
    }

    @Test
    void chargesASplitOnlyWhatThePeriodCostsMore() {
        var unit = Pricing.of(new Price.PerUnit(new BigDecimal("0.333")));

        List<String> parts = List.of(
                total(unit, new UsageSplit(BigDecimal.ZERO, BigDecimal.ONE, true, false)),
                total(unit, split("1", "1", true)));

        assertThat(parts).containsExactly("0.33", "0.34");
    }

    @Test
    void discountsWhatExceedsTheMaximumOfTheWholePeriod() {
        var pricing = new Pricing(
                new Price.PerUnit(BigDecimal.TEN), new Commitment(null, new BigDecimal(100)), Discounts.NONE);

        assertThat(total(pricing, split("7", "5", true))).isEqualTo("30.00");
    }

    @Test
    void chargesTheMinimumWhenThePeriodEnds() {
        var pricing = new Pricing(GRADUATED, new Commitment(new BigDecimal(1000), null), Discounts.NONE);

        assertThat(total(pricing, split("0", "0", true))).isEqualTo("900.00");
    }

    @Test
    void comparesTheChargesOfManyTiersInLinearTime() {
        List<Tier> tiers = IntStream.rangeClosed(1, 300_000)
                .mapToObj(i -> new Tier(i == 300_000 ? null : new BigDecimal(i), BigDecimal.ONE, BigDecimal.ONE))
                .toList();
        var pricing = Pricing.of(new Price.Graduated(tiers));

        assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> assertThat(total(pricing, split("300000", "0", true))).isEqualTo("0.00"));
    }

    @Test
    void takesTheExcessOverTheMaximumOffTheLastChargesFirst() {
        var pricing = new Pricing(GRADUATED, new Commitment(null, new BigDecimal(120)), Discounts.NONE);

        RatedLine line =
                Rating.rate(pricing, Currencies.parse("currency", "USD"), UsageSplit.whole(new BigDecimal(22)));

        // Tier 1 for its units and its flat price, then tiers 2, 3 and 4.
        assertThat(line.charges())
                .extracting(charge -> charge.total().amount().toPlainString())
                .containsExactly("0.00", "100.00", "20.00", "0.00", "0.00");
    }

    @Test
    void chargesTheMinimumInAChargeOfItsOwn() {
        var pricing = new Pricing(
                new Price.PerUnit(BigDecimal.TEN), new Commitment(new BigDecimal(100), null), Discounts.NONE);

        RatedLine line = Rating.rate(pricing, Currencies.parse("currency", "USD"), UsageSplit.whole(BigDecimal.ONE));

        assertThat(line.charges())
                .extracting(
                        charge -> charge.charge().kind() + " " + charge.total().amount())
                .containsExactly("UNIT 10.00", "MINIMUM 90.00");
    }
}
