package dev.odometer.metering.resource;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The machine's time in microseconds, the resolution in which times are kept: an answer shows what a later one will.
 * Not {@link Clock#tick}, whose {@code millis()} divides by zero for ticks below a millisecond.
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
