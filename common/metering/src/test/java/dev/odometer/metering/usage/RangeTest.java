package dev.odometer.metering.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RangeTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void includesItsStartAndExcludesItsEnd() {
        var range = new Range(NOON, NOON.plusSeconds(1));

        assertThat(range.contains(NOON)).isTrue();
        assertThat(range.contains(NOON.plusSeconds(1))).isFalse();
    }

    @Test
    void isUnboundedWithoutABound() {
        assertThat(Range.ALL.contains(NOON)).isTrue();
        assertThat(new Range(null, NOON).contains(Instant.EPOCH)).isTrue();
    }

    @Test
    void refusesEmptyAndInvertedRanges() {
        assertThatThrownBy(() -> new Range(NOON, NOON)).hasMessage("from and to cannot be equal");
        assertThatThrownBy(() -> new Range(NOON, NOON.minusSeconds(1))).hasMessage("from must be before to");
    }

    @Test
    void truncatesToMicroseconds() {
        assertThat(new Range(NOON.plusNanos(1999), null).from()).isEqualTo(NOON.plusNanos(1000));
    }
}
