package dev.odometer.metering.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @Test
    void sumsDecimalsExactly() {
        BigDecimal tenth = Quantity.parse("0.1").orElseThrow();

        BigDecimal sum = Stream.generate(() -> tenth).limit(1_000_000).reduce(BigDecimal.ZERO, BigDecimal::add);

        assertThat(Quantity.normal(sum).toPlainString()).isEqualTo("100000");
    }

    @ParameterizedTest
    @CsvSource({
        "9007199254740993, 9007199254740993",
        "123456789012345678901234567890, 123456789012345678901234567890",
        "0.000000000000000000000000000001, 0.000000000000000000000000000001",
        "-12.50, -12.5",
        "+7, 7",
        "1e3, 1000",
        "1E-3, 0.001",
        "12.5e+1, 125",
        "5., 5",
        ".5, 0.5",
        "-0.0, 0",
        "0e999999999, 0",
        "007, 7"
    })
    void parsesEveryDigitToNormalForm(String text, String plain) {
        assertThat(Quantity.parse(text).map(BigDecimal::toPlainString)).contains(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1 ",
                " 1",
                "abc",
                "1,000",
                "0x10",
                "1_000",
                "--1",
                "1e",
                "e5",
                ".",
                "+",
                "1.2.3",
                "NaN",
                "Inf",
                "٣",
                "１２",
                "1e999",
                "1e999999999",
                "-1e999999999",
                "1e9999999999",
                "1e-999999999"
            })
    void rejectsTextThatIsNotADecimalWithinTheLimits(String text) {
        assertThat(Quantity.parse(text)).isEmpty();
    }

    @Test
    void rejectsAHugeNumber() {
        assertThat(Quantity.of(new BigDecimal("1e999999999"))).isEmpty();
        assertThat(Quantity.of(new BigDecimal("1e-999999999"))).isEmpty();
        assertThat(Quantity.of(BigInteger.TEN.pow(400))).isEmpty();
        assertThat(Quantity.parse("9".repeat(5000))).isEmpty();
    }

    @Test
    void acceptsTheRangeOfA64BitFloat() {
        assertThat(Quantity.parse("1.7e308")).isPresent();
        assertThat(Quantity.parse("1.8e308")).isEmpty();
        BigDecimal largest = new BigDecimal(Double.MAX_VALUE);
        assertThat(Quantity.of(largest)).contains(largest);
        assertThat(Quantity.of(largest.add(BigDecimal.ONE))).isEmpty();
    }

    @Test
    void averagesTo34Digits() {
        assertThat(Quantity.average(BigDecimal.ONE, 3)).isEqualByComparingTo("0." + "3".repeat(34));
        assertThat(Quantity.average(BigDecimal.TEN, 4)).isEqualTo(new BigDecimal("2.5"));
    }
}
