package dev.odometer.metering.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AggregationTest {

    @ParameterizedTest
    @CsvSource({
        "SUM, 7.5",
        "MIN, 7.5",
        "MAX, 7.5",
        "LATEST, 7.5",
        "COUNT, 4",
        "AVG, 1.875",
        "UNIQUE_COUNT, 3",
    })
    void computesTheValueOfAnAggregate(Aggregation aggregation, BigDecimal value) {
        assertThat(aggregation.value(4, new BigDecimal("7.50"), 3)).isEqualTo(value);
    }

    @ParameterizedTest
    @EnumSource
    void isZeroWithoutReadings(Aggregation aggregation) {
        assertThat(aggregation.value(0, null, 0)).isEqualTo(BigDecimal.ZERO);
    }

    @ParameterizedTest
    @EnumSource
    void isZeroWhenEverythingIsSubtracted(Aggregation aggregation) {
        assertThat(aggregation.value(0, new BigDecimal("0.00"), 0)).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void averagesTo34Digits() {
        assertThat(Aggregation.AVG.value(3, BigDecimal.TEN, 0))
                .isEqualTo(new BigDecimal("3.333333333333333333333333333333333"));
    }

    @Property
    void subtractsAPartExactly(
            @ForAll @IntRange(min = 1) int count, @ForAll BigDecimal whole, @ForAll BigDecimal part) {
        BigDecimal rest = whole.subtract(part);

        assertThat(Aggregation.SUM.isSubtractable()).isTrue();
        assertThat(Aggregation.SUM.value(count, rest, 0).add(part)).isEqualByComparingTo(whole);
    }
}
