package dev.odometer.metering.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.pricing.PlanIssue.Code;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of a price, in the notation of docs/billing-rules.md. */
class PriceCheckTest {

    static Stream<Arguments> valid() {
        return Stream.of(
                Arguments.of("flat 0 in advance", "minimum 10, maximum 10"),
                Arguments.of("unit 0", "minimum 0, maximum 0"),
                Arguments.of("package of 0.001 at 1", "-"),
                Arguments.of("graduated: above unit 1", "100 % off"),
                Arguments.of("volume: above unit 1; ≤10 flat 1; ≤5 flat 1 unit 1", "maximum 1"));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void acceptsAPriceThatCanBeRated(String price, String terms) {
        assertThat(PriceCheck.issues(PriceNotation.pricing(price, terms))).isEmpty();
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                Arguments.of("graduated: ≤5 unit 1", "-", Code.PRICE_TIERS_WITHOUT_OPEN_TIER),
                Arguments.of("volume: ≤5 unit 1; ≤6 unit 1", "-", Code.PRICE_TIERS_WITHOUT_OPEN_TIER),
                Arguments.of("graduated: above unit 1; above unit 2", "-", Code.PRICE_TIERS_WITH_MULTIPLE_OPEN_TIERS),
                Arguments.of("graduated: ≤5 unit 1; ≤5 unit 2; above unit 1", "-", Code.PRICE_TIERS_DUPLICATED_BOUND),
                Arguments.of("volume: ≤5 unit 1; ≤5.00 unit 2; above unit 1", "-", Code.PRICE_TIERS_DUPLICATED_BOUND),
                Arguments.of("graduated: ≤0 unit 1; above unit 1", "-", Code.PRICE_TIERS_DUPLICATED_BOUND),
                Arguments.of("graduated: ≤5; above unit 1", "-", Code.PRICE_TIER_WITHOUT_PRICE),
                Arguments.of("volume: ≤5 unit 1; above", "-", Code.PRICE_TIER_WITHOUT_PRICE),
                Arguments.of("package of 0 at 1", "-", Code.PRICE_PACKAGE_SIZE_INVALID),
                Arguments.of("unit 1", "minimum 10.01, maximum 10", Code.PRICE_MINIMUM_ABOVE_MAXIMUM));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void namesTheRuleThatAPriceBreaks(String price, String terms, Code code) {
        assertThat(PriceCheck.issues(PriceNotation.pricing(price, terms))).containsExactly(code);
    }

    @Test
    void namesEveryRuleThatAPriceBreaks() {
        Pricing pricing = PriceNotation.pricing("graduated: ≤5; ≤5 unit 1", "minimum 2, maximum 1");

        assertThat(PriceCheck.issues(pricing))
                .containsExactly(
                        Code.PRICE_TIERS_WITHOUT_OPEN_TIER,
                        Code.PRICE_TIERS_DUPLICATED_BOUND,
                        Code.PRICE_TIER_WITHOUT_PRICE,
                        Code.PRICE_MINIMUM_ABOVE_MAXIMUM);
    }

    @Test
    void requiresAnOpenTierOfAPriceWithoutTiers() {
        Pricing pricing = Pricing.of(new Price.Volume(List.of()));

        assertThat(PriceCheck.issues(pricing)).containsExactly(Code.PRICE_TIERS_WITHOUT_OPEN_TIER);
    }

    @Test
    void limitsAPercentageDiscountTo100() {
        var above = new Discounts(new BigDecimal("100.01"), null);

        assertThat(PriceCheck.issues(above, false)).containsExactly(Code.PERCENTAGE_DISCOUNT_INVALID_VALUE);
        assertThat(PriceCheck.issues(new Discounts(new BigDecimal(100), null), true))
                .isEmpty();
    }

    @Test
    void allowsNoUsageDiscountOnAFlatPrice() {
        var free = new Discounts(null, BigDecimal.ONE);

        assertThat(PriceCheck.issues(free, true)).containsExactly(Code.USAGE_DISCOUNT_WITH_FLAT_PRICE);
        assertThat(PriceCheck.issues(free, false)).isEmpty();
    }
}
