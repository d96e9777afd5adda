package dev.odometer.metering.usage;

import java.time.Instant;

/** A half-open time interval, {@code start <= t < end}. */
public record Window(Instant start, Instant end) {

    public boolean contains(Instant time) {
        return !time.isBefore(start) && time.isBefore(end);
    }
}
