package dev.odometer.postgres.plan;

import dev.odometer.metering.usage.Window;
import dev.odometer.metering.usage.WindowSize;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.rollup.Granularity;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rollups and raw events that make up a range: the coarsest buckets that lie inside the range and that no window
 * boundary splits, finer ones at the edges, and raw events where not even a minute fits. Together they cover each
 * instant of the range exactly once.
 *
 * @param spans ranges that are read from rollups, in seconds
 * @param raw ranges that are read from events, in microseconds
 * @param cutHours hours that a window boundary splits; where hours are read, these are read by the minute instead
 */
public record RollupPlan(List<Span> spans, List<MicrosRange> raw, List<Long> cutHours) {

    private static final int MAX_CUT_HOURS = 20_000;
    /** Passed instead of now for aggregates that cannot be subtracted. */
    private static final long NO_SUBTRACTION = Long.MIN_VALUE;

    /** A plan for a query without windows. */
    public static RollupPlan of(MicrosRange range) {
        var plan = new RollupPlan(new ArrayList<>(), new ArrayList<>(), List.of());
        plan.add(Granularity.MONTH, range);
        return plan;
    }

    /**
     * A plan for a sum over the whole minutes of a range in seconds. Unlike a maximum, a sum can be computed by
     * subtraction: reading a month and subtracting its days in the future takes fewer rows than adding its past days
     * one by one (ADR 14).
     *
     * @param now in seconds; it affects the cost of the plan, not the result
     */
    public static List<Span> ofSum(long from, long to, long now) {
        return cover(Granularity.MONTH, Granularity.MINUTE.ceil(from), Granularity.MINUTE.floor(to), now);
    }

    private static List<Span> cover(Granularity level, long from, long to, long now) {
        if (from >= to) {
            return List.of();
        }
        if (level == Granularity.MINUTE) {
            return List.of(Span.counted(level, from, to));
        }
        long first = level.ceil(from);
        long last = level.floor(to);
        if (first > last || (first == last && now == NO_SUBTRACTION)) {
            return cover(level.finer(), from, to, now);
        }
        var spans = new ArrayList<Span>(edge(level, from, first, now));
        if (first < last) {
            spans.add(Span.counted(level, first, last));
        }
        spans.addAll(edge(level, last, to, now));
        return spans;
    }

    /**
     * Covers a part of one bucket: by finer buckets, or by the whole bucket minus the finer buckets outside of the
     * range, whichever costs less.
     */
    private static List<Span> edge(Granularity level, long from, long to, long now) {
        if (from == to) {
            return List.of();
        }
        List<Span> parts = cover(level.finer(), from, to, now);
        if (now == NO_SUBTRACTION) {
            return parts;
        }
        long start = level.floor(from);
        long end = level.ceil(to);
        var rest = new ArrayList<Span>();
        rest.add(new Span(level, start, end, Span.Role.WHOLE, start));
        cover(level.finer(), start, from, now).forEach(span -> rest.add(span.subtractedFrom(start)));
        cover(level.finer(), to, end, now).forEach(span -> rest.add(span.subtractedFrom(start)));
        return cost(rest, now) < cost(parts, now) ? rest : parts;
    }

    private static long cost(List<Span> spans, long now) {
        return spans.stream().mapToLong(span -> span.cost(now)).sum();
    }

    /**
     * A plan for a query with windows.
     *
     * @param used the part of the range that contains events
     */
    public static RollupPlan of(MicrosRange range, MicrosRange used, WindowSize size, ZoneId zone) {
        var offsets = ZoneOffsets.during(zone, used);
        long unaligned = Math.min(offsets.unalignedUntil(), range.to());
        if (unaligned > range.from()) {
            var rest = of(new MicrosRange(unaligned, range.to()), new MicrosRange(unaligned, used.to()), size, zone);
            rest.raw().add(new MicrosRange(range.from(), unaligned));
            return rest;
        }
        Granularity coarsest = coarsest(size, offsets);
        List<Long> cutHours = List.of();
        if (coarsest == Granularity.MINUTE && (size == WindowSize.DAY || size == WindowSize.MONTH)) {
            List<Long> cut = cutHours(used, size, zone);
            if (cut != null) {
                coarsest = Granularity.HOUR;
                cutHours = cut;
            }
        }
        var plan = new RollupPlan(new ArrayList<>(), new ArrayList<>(), cutHours);
        plan.add(coarsest, range);
        return plan;
    }

    /** The coarsest level whose buckets no window splits. It is the windows' own size only if the zone equals UTC. */
    private static Granularity coarsest(WindowSize size, ZoneOffsets offsets) {
        if (offsets.areZero()) {
            return Granularity.valueOf(size.name());
        }
        return size != WindowSize.MINUTE && offsets.areWhole(Granularity.HOUR) ? Granularity.HOUR : Granularity.MINUTE;
    }

    /**
     * The hours within which a window begins; null if there are more than {@link #MAX_CUT_HOURS}, the limit of the
     * array parameter.
     */
    private static @Nullable List<Long> cutHours(MicrosRange used, WindowSize size, ZoneId zone) {
        var hours = new ArrayList<Long>();
        Window window = size.containing(Micros.toInstant(used.from()), zone);
        while (Micros.of(window.start()) < used.to()) {
            long boundary = window.start().getEpochSecond();
            if (boundary % Granularity.HOUR.seconds != 0) {
                hours.add(Granularity.HOUR.floor(boundary));
            }
            if (hours.size() > MAX_CUT_HOURS) {
                return null;
            }
            window = size.containing(window.end(), zone);
        }
        return hours;
    }

    private void add(Granularity coarsest, MicrosRange range) {
        long first = Granularity.MINUTE.ceil(Math.floorDiv(range.from() + Micros.SECOND - 1, Micros.SECOND));
        long last = Granularity.MINUTE.floor(Math.floorDiv(range.to(), Micros.SECOND));
        if (first >= last) {
            addRaw(range.from(), range.to());
            return;
        }
        addRaw(range.from(), first * Micros.SECOND);
        spans.addAll(cover(coarsest, first, last, NO_SUBTRACTION));
        addRaw(last * Micros.SECOND, range.to());
    }

    private void addRaw(long from, long to) {
        if (from < to) {
            raw.add(new MicrosRange(from, to));
        }
    }

    /** Whether a time is in any span, of whatever level. Deltas, which are by the minute, are read there. */
    public boolean covers(long happenedAt) {
        long second = Math.floorDiv(happenedAt, Micros.SECOND);
        return spans.stream().anyMatch(span -> second >= span.from() && second < span.to());
    }
}
