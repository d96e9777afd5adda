package dev.odometer.metering.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts with exactly the digits of their currency. The tables of docs/billing-rules.md hold the rounding. */
class MoneyTest {

    private static Money money(String amount, String currency) {
        return new Money(new BigDecimal(amount), Currency.getInstance(currency));
    }

    private static List<BigDecimal> weights(String... weights) {
        return Stream.of(weights).map(BigDecimal::new).toList();
    }

    @ParameterizedTest
    @CsvSource({"1.001, USD", "0.5, JPY", "1.0001, KWD", "-0.001, USD"})
    void rejectsAnAmountWithMoreDigitsThanItsCurrency(String amount, String currency) {
        assertThatThrownBy(() -> money(amount, currency)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({"1, USD, 1.00", "1.000, USD, 1.00", "1E+2, JPY, 100", "-0.0, KWD, 0.000"})
    void hasTheDigitsOfItsCurrency(String amount, String currency, String expected) {
        assertThat(money(amount, currency).amount().toPlainString()).isEqualTo(expected);
    }

    @Test
    void equalsTheSameAmountWithOtherDigits() {
        assertThat(money("1.0", "USD")).isEqualTo(money("1.00", "USD")).hasSameHashCodeAs(money("1", "USD"));
    }

    @Test
    void rejectsACurrencyWithoutANumberOfDigits() {
        assertThatThrownBy(() -> money("1", "XAU"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("XAU");
    }

    @Test
    void addsAndComparesAmountsOfOneCurrencyOnly() {
        Money dollar = money("1", "USD");
        Money euro = money("1", "EUR");

        assertThatThrownBy(() -> dollar.plus(euro)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> dollar.minus(euro)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> dollar.min(euro)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> dollar.compareTo(euro)).hasMessageContaining("USD and EUR");
    }

    @Test
    void computesExactly() {
        Money tenth = money("0.10", "USD");

        assertThat(tenth.plus(tenth).plus(tenth)).isEqualTo(money("0.30", "USD"));
        assertThat(tenth.minus(money("0.30", "USD"))).isEqualTo(money("-0.20", "USD"));
        assertThat(tenth.negated().max(tenth)).isEqualTo(tenth);
        assertThat(tenth.negated().min(tenth)).isEqualTo(tenth.negated());
    }

    @Test
    void roundsAShareOnce() {
        var half = new Money.Share(BigDecimal.ONE, BigDecimal.valueOf(2));

        // 0.009 rounds to 0.01, whose half rounds to 0.01; the exact half, 0.0045, rounds to 0.
        assertThat(Money.share(new BigDecimal("0.009"), half, Currency.getInstance("USD")))
                .isEqualTo(money("0", "USD"));
    }

    @Test
    void rejectsAShareOfNothing() {
        assertThatThrownBy(() -> new Money.Share(BigDecimal.ONE, new BigDecimal("0.00")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rejectsWeightsThatDivideNothing() {
        Money amount = money("1", "USD");

        assertThatThrownBy(() -> amount.allocate(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> amount.allocate(weights("0", "0.0"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> amount.allocate(weights("2", "-1"))).hasMessageContaining("[2, -1]");
    }

    @Test
    void allocatesAllToASingleWeight() {
        assertThat(money("-7.77", "USD").allocate(weights("0.001"))).containsExactly(money("-7.77", "USD"));
    }
}
