package dev.odometer.metering.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties of rounding and allocation that hold for all amounts. */
class MoneyLawsTest {

    private static final int DIGITS = 40;

    private static BigDecimal unit(Currency currency) {
        return BigDecimal.ONE.movePointLeft(currency.getDefaultFractionDigits());
    }

    @Property
    void roundsToTheNearestAmountAndTiesAwayFromZero(
            @ForAll("exact") BigDecimal exact, @ForAll("currencies") Currency currency) {
        BigDecimal rounded = Money.rounded(exact, currency).amount();

        BigDecimal twice = rounded.subtract(exact).multiply(BigDecimal.valueOf(2));
        assertThat(twice.abs()).isLessThanOrEqualTo(unit(currency));
        if (twice.abs().compareTo(unit(currency)) == 0) {
            assertThat(rounded.abs()).isGreaterThan(exact.abs());
        }
        assertThat(Money.rounded(exact.negate(), currency))
                .isEqualTo(Money.rounded(exact, currency).negated());
    }

    @Property
    void rejectsEveryInexactAmount(@ForAll("exact") BigDecimal exact, @ForAll("currencies") Currency currency) {
        BigDecimal inexact =
                Money.rounded(exact, currency).amount().add(unit(currency).movePointLeft(1));

        assertThatThrownBy(() -> new Money(inexact, currency)).isInstanceOf(ArithmeticException.class);
    }

    @Property
    void allocatesTheWholeAmount(
            @ForAll("exact") BigDecimal exact,
            @ForAll("currencies") Currency currency,
            @ForAll("weights") List<BigDecimal> weights) {
        Money amount = Money.rounded(exact, currency);

        List<Money> parts = amount.allocate(weights);

        assertThat(parts).hasSameSizeAs(weights);
        assertThat(parts.stream().reduce(Money.zero(currency), Money::plus)).isEqualTo(amount);
    }

    @Property
    void allocatesLessThanAMinorUnitFromTheExactShare(
            @ForAll("exact") BigDecimal exact,
            @ForAll("currencies") Currency currency,
            @ForAll("weights") List<BigDecimal> weights) {
        Money amount = Money.rounded(exact, currency);
        BigDecimal total = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);

        List<Money> parts = amount.allocate(weights);

        for (int i = 0; i < parts.size(); i++) {
            BigDecimal share = amount.amount().multiply(weights.get(i)).divide(total, DIGITS, RoundingMode.HALF_EVEN);
            assertThat(parts.get(i).amount().subtract(share).abs()).isLessThan(unit(currency));
        }
    }

    /** Compares with an allocation that hands out minor units one by one. */
    @Property(tries = 500)
    void givesWhatIsLeftToTheLargestRemaindersInOrder(
            @ForAll("small") long units, @ForAll("weights") List<BigDecimal> weights) {
        Currency yen = Currency.getInstance("JPY");

        List<Money> parts = new Money(BigDecimal.valueOf(units), yen).allocate(weights);

        assertThat(parts)
                .extracting(part -> part.amount().longValueExact())
                .containsExactlyElementsOf(handedOut(units, weights));
    }

    private static List<Long> handedOut(long units, List<BigDecimal> weights) {
        BigInteger total = weights.stream().map(MoneyLawsTest::scaled).reduce(BigInteger.ZERO, BigInteger::add);
        var parts = new ArrayList<Long>();
        var remainders = new ArrayList<BigInteger>();
        long left = units;
        for (BigDecimal weight : weights) {
            BigInteger share = scaled(weight).multiply(BigInteger.valueOf(units));
            parts.add(share.divide(total).longValueExact());
            remainders.add(share.mod(total));
            left -= parts.get(parts.size() - 1);
        }
        for (; left > 0; left--) {
            int largest = 0;
            for (int i = 1; i < remainders.size(); i++) {
                largest = remainders.get(i).compareTo(remainders.get(largest)) > 0 ? i : largest;
            }
            parts.set(largest, parts.get(largest) + 1);
            remainders.set(largest, BigInteger.valueOf(-1));
        }
        return parts;
    }

    private static BigInteger scaled(BigDecimal weight) {
        return weight.movePointRight(2).toBigIntegerExact();
    }

    @Provide
    Arbitrary<Currency> currencies() {
        return Arbitraries.of("USD", "JPY", "KWD", "CLF").map(Currency::getInstance);
    }

    /** Many of them halfway between two amounts. */
    @Provide
    Arbitrary<BigDecimal> exact() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(-20_000, 20_000).map(n -> BigDecimal.valueOf(5 * n, 3)),
                Arbitraries.longs().between(-20_000, 20_000).map(n -> BigDecimal.valueOf(5 * n, 5)),
                Arbitraries.bigDecimals().ofScale(12));
    }

    @Provide
    Arbitrary<Long> small() {
        return Arbitraries.longs().between(0, 1000);
    }

    @Provide
    Arbitrary<List<BigDecimal>> weights() {
        return Arbitraries.oneOf(
                        Arbitraries.longs().between(0, 3), Arbitraries.longs().between(0, 10_000))
                .map(n -> BigDecimal.valueOf(n, 2))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .filter(weights -> weights.stream().anyMatch(weight -> weight.signum() > 0));
    }
}
