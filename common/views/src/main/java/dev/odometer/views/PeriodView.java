package dev.odometer.views;

import dev.odometer.metering.usage.Window;
import java.time.Instant;

/** A period of time, {@code from <= t < to}. */
public record PeriodView(Instant from, Instant to) {

    /** A window in a response. */
    public static PeriodView of(Window window) {
        return new PeriodView(window.start(), window.end());
    }
}
