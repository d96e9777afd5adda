package dev.odometer.postgres.entitlement;

import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Replaces windows that overlap by adjacent ones, for totals that can be added and subtracted. So each unfolded entry
 * belongs to one requested total, not to hundreds of them.
 */
final class AdjacentWindows {

    private final List<Window> windows;
    private final List<Instant> bounds;

    AdjacentWindows(List<Window> windows) {
        this.windows = windows;
        var distinct = new TreeSet<Instant>();
        windows.forEach(window -> distinct.addAll(List.of(window.start(), window.end())));
        this.bounds = List.copyOf(distinct);
    }

    /** The windows between all starts and ends, ascending. */
    List<Window> adjacent() {
        var adjacent = new ArrayList<Window>();
        for (int i = 1; i < bounds.size(); i++) {
            adjacent.add(new Window(bounds.get(i - 1), bounds.get(i)));
        }
        return adjacent;
    }

    /**
     * @param totals those of the adjacent windows
     * @return those of the original windows
     */
    List<BigDecimal> totals(List<BigDecimal> totals) {
        Map<Instant, BigDecimal> until = new HashMap<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < bounds.size(); i++) {
            sum = i == 0 ? sum : sum.add(totals.get(i - 1));
            until.put(bounds.get(i), sum);
        }
        return windows.stream()
                .map(window -> Objects.requireNonNull(until.get(window.end()))
                        .subtract(Objects.requireNonNull(until.get(window.start()))))
                .toList();
    }
}
