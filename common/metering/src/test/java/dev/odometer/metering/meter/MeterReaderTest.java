package dev.odometer.metering.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MeterReaderTest {

    private static MeterReader reader(Aggregation aggregation) {
        return new MeterReader(new MeterDraft(
                        "calls",
                        null,
                        null,
                        null,
                        aggregation,
                        "call",
                        null,
                        aggregation.needsValue() ? "$.duration_ms" : null,
                        Map.of("a", "$.a", "b", "$.b"))
                .toMeter("01ARZ3NDEKTSV4RRFFQ69G5FAV", Instant.EPOCH));
    }

    private static Map<String, @Nullable Object> lasting(@Nullable Object duration) {
        var data = new HashMap<String, @Nullable Object>();
        data.put("duration_ms", duration);
        return data;
    }

    static Stream<Arguments> skipped() {
        return Stream.of(
                Arguments.of(null, "null and missing value property"),
                Arguments.of(Map.of(), "missing value property: \"$.duration_ms\""),
                Arguments.of(lasting(null), "value cannot be null"),
                Arguments.of(lasting("NaN"), "value cannot be NaN"),
                Arguments.of(lasting("nan"), "value cannot be NaN"),
                Arguments.of(lasting("Inf"), "value cannot be infinity"),
                Arguments.of(lasting("+Inf"), "value cannot be infinity"),
                Arguments.of(lasting("-Inf"), "value cannot be infinity"),
                Arguments.of(lasting("abc"), "value cannot be parsed as float64: abc"),
                Arguments.of(lasting(""), "value cannot be parsed as float64: "),
                Arguments.of(lasting("1e999"), "value cannot be parsed as float64: 1e999"),
                Arguments.of(lasting(new BigDecimal("1e999999999")), "value cannot be parsed as float64: 1E+999999999"),
                Arguments.of(lasting(true), "unsupported value property type: bool"),
                Arguments.of(lasting(Map.of()), "unsupported value property type: map[string]interface {}"),
                Arguments.of(lasting(List.of()), "unsupported value property type: []interface {}"));
    }

    @ParameterizedTest
    @MethodSource("skipped")
    void reportsWhyAnEventIsSkipped(@Nullable Map<String, @Nullable Object> data, String reason) {
        assertThat(reader(Aggregation.SUM).read(data)).isEqualTo(new Reading.Skipped("invalid event: " + reason));
    }

    @Test
    void readsNumbersAndNumericStringsAlike() {
        Reading twelve = new Reading.Amount(new BigDecimal("12.5"));

        assertThat(reader(Aggregation.SUM).read(lasting(new BigDecimal("12.50"))))
                .isEqualTo(twelve);
        assertThat(reader(Aggregation.SUM).read(lasting("12.5"))).isEqualTo(twelve);
    }

    @Test
    void countsEveryEventWithAnyData() {
        assertThat(reader(Aggregation.COUNT).read(null)).isEqualTo(new Reading.Amount(BigDecimal.ONE));
    }

    @Test
    void readsNumbersAsPlainTextForDistinctCounts() {
        assertThat(reader(Aggregation.UNIQUE_COUNT).read(lasting("NaN"))).isEqualTo(new Reading.Distinct("NaN"));
        assertThat(reader(Aggregation.UNIQUE_COUNT).read(lasting(new BigDecimal("1.0"))))
                .isEqualTo(new Reading.Distinct("1"));
        assertThat(reader(Aggregation.UNIQUE_COUNT).read(Map.of())).isInstanceOf(Reading.Skipped.class);
    }

    static Stream<Arguments> groups() {
        return Stream.of(
                Arguments.of("text", "text"),
                Arguments.of(true, "true"),
                Arguments.of(new BigDecimal("12.50"), "12.5"),
                Arguments.of(BigInteger.TWO.pow(53).add(BigInteger.ONE), "9007199254740993"),
                Arguments.of(null, "null"),
                Arguments.of(Map.of("c", 1), ""),
                Arguments.of(List.of(1), ""));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void readsScalarsAsTextForGroups(@Nullable Object value, String text) {
        var data = new HashMap<String, @Nullable Object>();
        data.put("b", value);

        assertThat(reader(Aggregation.COUNT).groups(data)).containsExactly("", text);
    }

    /** A longer value would be stored once for each window, and no filter could name it. */
    @ParameterizedTest
    @EnumSource(
            value = Aggregation.class,
            names = {"COUNT", "SUM", "UNIQUE_COUNT"})
    void skipsAnEventWithAHugeGroupValue(Aggregation aggregation) {
        var data = lasting("1");
        data.put("b", "x".repeat(1024));
        assertThat(reader(aggregation).read(data)).isNotInstanceOf(Reading.Skipped.class);

        data.put("b", "x".repeat(1025));

        assertThat(reader(aggregation).read(data))
                .isEqualTo(new Reading.Skipped(
                        "invalid event: group by value exceeds 1024 characters: " + "x".repeat(100) + "…"));
    }

    @Test
    void usesEmptyGroupValuesWithoutData() {
        assertThat(reader(Aggregation.COUNT).groups(null)).containsExactly("", "");
    }
}
