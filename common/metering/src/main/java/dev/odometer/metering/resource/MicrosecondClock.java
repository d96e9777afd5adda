package dev.odometer.metering.resource;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The system clock truncated to microseconds, the resolution of stored times, so that a resource has the same times
 * when it is created and when it is read later. Not {@link Clock#tick}, whose {@code millis()} divides by zero for
 * ticks below a millisecond.
 */
public final class MicrosecondClock extends Clock {

    private final ZoneId zone;

    private MicrosecondClock(ZoneId zone) {
        this.zone = zone;
    }

    public static Clock utc() {
        return new MicrosecondClock(ZoneOffset.UTC);
    }

    @Override
    public Instant instant() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new MicrosecondClock(other);
    }
}
