package dev.odometer.metering.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UlidTest {

    /** A clock that shows these milliseconds in turn. */
    private static Clock showing(Long... millis) {
        Queue<Long> left = new ArrayDeque<>(List.of(millis));
        return new Clock() {
            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(left.remove());
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
    }

    @Test
    void beginWithTheTime() {
        assertThat(new Ulid(showing(1_469_918_176_385L)).get())
                .startsWith("01ARYZ6S41")
                .matches(Ulid::looksLike);
    }

    @Test
    void ascendWithinAMillisecondAndWhenTheClockGoesBack() {
        var ids = new Ulid(showing(7L, 7L, 7L, 6L, 8L));

        assertThat(Stream.generate(ids).limit(5).toList()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void ascendThroughACarry() {
        var ids = new Ulid(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

        assertThat(Stream.generate(ids).limit(5000).toList()).isSorted().allMatch(Ulid::looksLike);
    }
}
