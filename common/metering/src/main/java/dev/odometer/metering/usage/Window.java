package dev.odometer.metering.usage;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/** A half-open time interval, {@code start <= t < end}. */
public record Window(Instant start, Instant end) {

    /**
     * From the first start to the last end.
     *
     * @param windows at least one
     */
    public static Window spanning(Collection<Window> windows) {
        return new Window(
                windows.stream()
                        .map(Window::start)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                windows.stream().map(Window::end).max(Comparator.naturalOrder()).orElseThrow());
    }

    public boolean contains(Instant time) {
        return !time.isBefore(start) && time.isBefore(end);
    }
}
