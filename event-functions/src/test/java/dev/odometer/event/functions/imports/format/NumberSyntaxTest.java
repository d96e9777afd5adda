package dev.odometer.event.functions.imports.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.json.Json;
import dev.odometer.functions.refusal.Refusal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class NumberSyntaxTest {

    private static final Json JSON = new Json();

    private static Optional<Number> read(@Nullable String decimal, @Nullable String grouping, String text) {
        try {
            return Optional.of(NumberSyntax.of(decimal, grouping).read(text, "n"));
        } catch (Refusal refusal) {
            assertThat(refusal.detail()).startsWith("n must be a ").contains(": ");
            return Optional.empty();
        }
    }

    private static Optional<BigDecimal> json(String text) {
        try {
            var document = (JsonNode) JSON.reader().read(("{\"n\":" + text + "}").getBytes(StandardCharsets.UTF_8));
            return Optional.of(document.path("n").decimalValue());
        } catch (Refusal refusal) {
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<String> numbers() {
        return Arbitraries.strings().withChars("0123456789.-+eE").ofMinLength(1).ofMaxLength(12);
    }

    /** A column of numbers accepts every JSON number, with the same value. */
    @Property(tries = 20_000)
    void acceptsEveryJsonNumber(@ForAll("numbers") String text) {
        Optional<BigDecimal> csv = read(null, null, text).map(number -> new BigDecimal(number.toString()));

        assertThat(csv).as(text).isEqualTo(json(text));
    }

    @Test
    void acceptsHugeExponentsWithoutExpandingThem() {
        assertThat(read(null, null, "0E-6176")).contains(new BigDecimal("0E-6176"));
        assertThat(read(null, null, "1e999999999")).contains(new BigDecimal("1e999999999"));
        assertThat(read(null, null, "1e99999999999999999999")).isEmpty();
        assertThat(read(null, null, "1".repeat(1001))).isEmpty();
        assertThat(read(",", ".", "1".repeat(100_000))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                ",|.|1,5|1.5",
                ",|.|1.234|1234",
                ",|.|-1.234.567,89|-1234567.89",
                ",|.|1234567,89|1234567.89",
                ",|.|0,5e-3|0.0005",
                ".|,|1,234.5|1234.5",
                ".|'|1'234.5|1234.5",
                ".|'|1\u2019234.5|1234.5",
                ",|space|1 234,5|1234.5",
                ",|space|1\u00A0234,5|1234.5",
                ",|space|1\u202F234\u202F567|1234567",
            })
    void readsOtherSeparators(String decimal, String grouping, String text, BigDecimal expected) {
        assertThat(read(decimal, grouping, text).map(number -> new BigDecimal(number.toString())))
                .hasValueSatisfying(number -> assertThat(number).isEqualByComparingTo(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                ",|.|1.5",
                ",|.|1.23",
                ",|.|1.2345",
                ",|.|1234.567",
                ",|.|.123",
                ",|.|1..234",
                ",|.|1,2,3",
                ",|.|1,234.567",
                ",|.|1.234,",
                ",|.|,5",
                ",|space|1.234",
                ".|,|1.234,5",
                ".|,|01,234",
            })
    void refusesMisplacedSeparators(String decimal, String grouping, String text) {
        assertThat(read(decimal, grouping, text)).isEmpty();
    }

    /** With a decimal comma and no groups, a point is refused instead of being read as one or the other. */
    @Test
    void refusesAPointWhereCommasAreDecimal() {
        assertThat(read(",", null, "1.234")).isEmpty();
        assertThat(read(",", null, "1,234")).contains(new BigDecimal("1.234"));
        assertThatThrownBy(() -> NumberSyntax.of(",", null).read("1.234", "km"))
                .hasMessage("km must be a number in the profile's format: 1.234");
    }

    @Property
    void readsWhatAGermanSpreadsheetWrites(@ForAll BigInteger unscaled) {
        BigDecimal value = new BigDecimal(unscaled.mod(BigInteger.TEN.pow(30)), 4);
        var format = new DecimalFormat("#,##0.0000", DecimalFormatSymbols.getInstance(Locale.GERMANY));

        assertThat(read(",", ".", format.format(value)).map(number -> new BigDecimal(number.toString())))
                .hasValueSatisfying(read -> assertThat(read).isEqualByComparingTo(value));
    }
}
