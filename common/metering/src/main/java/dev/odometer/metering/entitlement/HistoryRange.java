package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.Window;
import dev.odometer.metering.usage.WindowSize;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The range of a balance history, {@code from <= t < to} in whole minutes, and the size of its windows.
 *
 * @param from truncated to the minute
 * @param to rounded up to the minute
 */
public record HistoryRange(Instant from, Instant to, WindowSize windowSize, ZoneId zone) {

    private static final int MAX_WINDOWS = 1000;

    /** @throws Refusal when the range is empty */
    public HistoryRange {
        from = from.truncatedTo(ChronoUnit.MINUTES);
        Instant minute = to.truncatedTo(ChronoUnit.MINUTES);
        to = minute.equals(to) ? minute : minute.plusSeconds(60);
        if (!from.isBefore(to)) {
            throw Refusal.invalid("from must be before to: " + from + ", " + to);
        }
    }

    /**
     * The windows of the range, ascending. The first and the last one are cut at the range.
     *
     * @throws Refusal when there are too many
     */
    public List<Window> windows() {
        var windows = new ArrayList<Window>();
        for (Instant start = from; start.isBefore(to); ) {
            if (windows.size() == MAX_WINDOWS) {
                throw Refusal.invalid("the range from " + from + " to " + to + " has more than " + MAX_WINDOWS
                        + " windows of windowSize " + windowSize + "; use a larger windowSize, or a shorter range that"
                        + " ends by " + start);
            }
            Instant end = windowSize.containing(start, zone).end();
            windows.add(new Window(start, end.isBefore(to) ? end : to));
            start = end;
        }
        return windows;
    }
}
