package dev.odometer.metering.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class MicrosecondClockTest {

    @Test
    void returnsMicroseconds() {
        Instant before = Instant.now();

        Instant time = MicrosecondClock.utc().instant();

        assertThat(time).isBetween(before.minusNanos(1000), Instant.now());
        assertThat(time).isEqualTo(time.truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void returnsMilliseconds() {
        long before = System.currentTimeMillis();

        assertThat(MicrosecondClock.utc().millis()).isBetween(before, System.currentTimeMillis());
    }
}
