package dev.odometer.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Property
    void treatsSecondsAndDatesAlike(@ForAll @IntRange(min = 1, max = 200_000) int seconds) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                NOW.plusSeconds(seconds).atOffset(ZoneOffset.UTC));

        assertThat(RetryAfter.of(String.valueOf(seconds), NOW))
                .isEqualTo(RetryAfter.of(date, NOW))
                .isEqualTo(Duration.ofSeconds(Math.min(seconds, 86_400)));
    }

    @Test
    void parsesTheExampleOfTheSpecification() {
        assertThat(RetryAfter.of("Fri, 31 Dec 1999 23:59:59 GMT", Instant.parse("1999-12-31T23:59:00Z")))
                .isEqualTo(Duration.ofSeconds(59));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "-1", "1.5", "soon", "9999999999", "٣", "Mon, 01 Jan 2024 00:00:00 GMT", "Mon, 99 Foo"})
    void ignoresInvalidAndPastValues(String header) {
        assertThat(RetryAfter.of(header, NOW)).isNull();
    }

    @Property
    void acceptsAnyText(@ForAll String header) {
        Duration wait = RetryAfter.of(header, NOW);

        assertThat(wait == null || (wait.compareTo(Duration.ZERO) > 0 && wait.compareTo(Duration.ofDays(1)) <= 0))
                .isTrue();
    }
}
