package dev.odometer.metering.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Balance;
import dev.odometer.metering.notification.Threshold.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ThresholdsTest {

    private static Threshold of(Kind kind, String value) {
        return new Threshold(kind, new BigDecimal(value));
    }

    private static Balance balance(String left, String usage, String granted) {
        return new Balance(new BigDecimal(left), new BigDecimal(usage), BigDecimal.ZERO, new BigDecimal(granted));
    }

    private static boolean isCrossed(Threshold threshold, Balance balance) {
        return !Thresholds.crossed(List.of(threshold), balance).isEmpty();
    }

    @Example
    void isNotCrossedAtEquality() {
        assertThat(isCrossed(of(Kind.USAGE_VALUE, "100"), balance("0", "100", "100")))
                .isFalse();
        assertThat(isCrossed(of(Kind.USAGE_PERCENTAGE, "100"), balance("0", "100", "100")))
                .isFalse();
        assertThat(isCrossed(of(Kind.BALANCE_VALUE, "5"), balance("5", "95", "100")))
                .isFalse();
        assertThat(isCrossed(of(Kind.USAGE_PERCENTAGE, "33.3"), balance("0", "0.3331", "1")))
                .isTrue();
    }

    @Example
    void isCrossedByABalanceOfZero() {
        assertThat(isCrossed(of(Kind.BALANCE_VALUE, "0"), balance("0", "100", "100")))
                .isTrue();
        assertThat(isCrossed(of(Kind.BALANCE_VALUE, "0"), balance("0.1", "99.9", "100")))
                .isFalse();
    }

    @Example
    void isNeverCrossedWithoutGrants() {
        assertThat(isCrossed(of(Kind.USAGE_PERCENTAGE, "0"), balance("0", "7", "0")))
                .isFalse();
        assertThat(isCrossed(of(Kind.BALANCE_VALUE, "10"), balance("0", "7", "0")))
                .isFalse();
        assertThat(isCrossed(of(Kind.USAGE_VALUE, "6"), balance("0", "7", "0"))).isTrue();
    }

    @Example
    void selectsTheHighestUsageAndTheLowestBalance() {
        List<Threshold> thresholds = List.of(
                of(Kind.USAGE_VALUE, "50"),
                of(Kind.USAGE_PERCENTAGE, "80"),
                of(Kind.USAGE_PERCENTAGE, "100"),
                of(Kind.BALANCE_VALUE, "50"),
                of(Kind.BALANCE_VALUE, "20"),
                of(Kind.BALANCE_VALUE, "0"));

        assertThat(Thresholds.crossed(thresholds, balance("10", "90", "100")))
                .containsExactly(of(Kind.USAGE_PERCENTAGE, "80"), of(Kind.BALANCE_VALUE, "20"));
    }

    @Example
    void refusesInvalidValues() {
        assertThatThrownBy(() -> of(Kind.USAGE_VALUE, "-0.1")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> of(Kind.USAGE_VALUE, "1e400")).isInstanceOf(Refusal.class);
        assertThat(of(Kind.USAGE_VALUE, "1e2").value()).hasToString("100");
    }

    @Property(tries = 300)
    void selectsAtMostOnePerKindAndTheMostExtreme(
            @ForAll("thresholds") List<Threshold> thresholds, @ForAll("balances") Balance balance) {
        List<Threshold> told = Thresholds.crossed(thresholds, balance);

        Stream<Threshold> crossed = thresholds.stream().filter(threshold -> isCrossed(threshold, balance));
        assertThat(told).hasSizeLessThanOrEqualTo(2).allMatch(threshold -> isCrossed(threshold, balance));
        assertThat(crossed)
                .allSatisfy(threshold -> assertThat(told).anySatisfy(winner -> {
                    assertThat(winner.kind() == Kind.BALANCE_VALUE).isEqualTo(threshold.kind() == Kind.BALANCE_VALUE);
                    int order = percent(winner, balance).compareTo(percent(threshold, balance));
                    assertThat(winner.kind() == Kind.BALANCE_VALUE ? -order : order)
                            .isNotNegative();
                }));
    }

    /** The limit in hundredths, computed differently from the code under test. */
    private static BigDecimal percent(Threshold threshold, Balance balance) {
        BigDecimal of = threshold.kind() == Kind.USAGE_PERCENTAGE ? balance.granted() : new BigDecimal(100);
        return threshold.value().multiply(of);
    }

    @Property(tries = 300)
    void isIndependentOfTheOrder(
            @ForAll("thresholds") List<Threshold> thresholds, @ForAll("balances") Balance balance) {
        var reversed = new java.util.ArrayList<>(thresholds);
        java.util.Collections.reverse(reversed);

        assertThat(Thresholds.crossed(reversed, balance)).isEqualTo(Thresholds.crossed(thresholds, balance));
    }

    @Provide
    Arbitrary<List<Threshold>> thresholds() {
        return Combinators.combine(Arbitraries.of(Kind.class), amounts())
                .as(Threshold::new)
                .list()
                .ofMaxSize(10);
    }

    @Provide
    Arbitrary<Balance> balances() {
        return Combinators.combine(amounts(), amounts(), amounts())
                .as((left, usage, granted) -> new Balance(left, usage, BigDecimal.ZERO, granted));
    }

    private static Arbitrary<BigDecimal> amounts() {
        return Arbitraries.integers().between(0, 40).map(n -> BigDecimal.valueOf(n * 5L, 1));
    }
}
