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
 * Which rollups and which raw events make up a range: the coarsest buckets that lie inside the range and that no window
 * boundary cuts, finer ones at the edges, and raw events where not even a minute fits. Together they cover the range
 * once.
 *
 * @param spans stretches read from rollups, in seconds
 * @param raw stretches read from events, in microseconds
 * @param cutHours hours that a window boundary cuts; they are read by the minute instead, where hours are read
 */
public record RollupPlan(List<Span> spans, List<MicrosRange> raw, List<Long> cutHours) {

    private static final int MAX_CUT_HOURS = 20_000;
    /** In the place of now, for what cannot be taken apart. */
    private static final long NOTHING_TAKEN = Long.MIN_VALUE;

    /** For an answer without windows. */
    public static RollupPlan of(MicrosRange stretch) {
        var coverage = new RollupPlan(new ArrayList<>(), new ArrayList<>(), List.of());
        coverage.add(Granularity.MONTH, stretch);
        return coverage;
    }

    /**
     * For a sum over the minutes inside of a stretch of seconds. Other than a maximum, it can also be had by taking away:
     * a month without the days that are yet to come is read sooner than the days before them, one by one.
     *
     * @param now in seconds; decides what is the least to read, not what comes out
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
        if (first > last || (first == last && now == NOTHING_TAKEN)) {
            return cover(level.finer(), from, to, now);
        }
        var spans = new ArrayList<Span>(edge(level, from, first, now));
        if (first < last) {
            spans.add(Span.counted(level, first, last));
        }
        spans.addAll(edge(level, last, to, now));
        return spans;
    }

    /** The beginning or the end of one bucket: its parts, or the bucket without its other parts. */
    private static List<Span> edge(Granularity level, long from, long to, long now) {
        if (from == to) {
            return List.of();
        }
        List<Span> parts = cover(level.finer(), from, to, now);
        if (now == NOTHING_TAKEN) {
            return parts;
        }
        long start = level.floor(from);
        long end = level.ceil(to);
        var rest = new ArrayList<Span>();
        rest.add(new Span(level, start, end, Span.Role.WHOLE, start));
        cover(level.finer(), start, from, now).forEach(span -> rest.add(span.takenFrom(start)));
        cover(level.finer(), to, end, now).forEach(span -> rest.add(span.takenFrom(start)));
        return cost(rest, now) < cost(parts, now) ? rest : parts;
    }

    private static long cost(List<Span> spans, long now) {
        return spans.stream().mapToLong(span -> span.cost(now)).sum();
    }

    /**
     * For an answer with windows.
     *
     * @param used the part of the stretch that has buckets with events
     */
    public static RollupPlan of(MicrosRange stretch, MicrosRange used, WindowSize size, ZoneId zone) {
        var offsets = ZoneOffsets.during(zone, used);
        long unaligned = Math.min(offsets.unalignedUntil(), stretch.to());
        if (unaligned > stretch.from()) {
            var rest = of(new MicrosRange(unaligned, stretch.to()), new MicrosRange(unaligned, used.to()), size, zone);
            rest.raw().add(new MicrosRange(stretch.from(), unaligned));
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
        var coverage = new RollupPlan(new ArrayList<>(), new ArrayList<>(), cutHours);
        coverage.add(coarsest, stretch);
        return coverage;
    }

    /** The coarsest level of which no bucket is cut by a window: that of the windows, where the zone's clock shows UTC. */
    private static Granularity coarsest(WindowSize size, ZoneOffsets offsets) {
        if (offsets.areZero()) {
            return Granularity.valueOf(size.name());
        }
        return size != WindowSize.MINUTE && offsets.areWhole(Granularity.HOUR) ? Granularity.HOUR : Granularity.MINUTE;
    }

    /** The hours inside of which a window begins; nothing when there are too many to name. */
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

    private void add(Granularity coarsest, MicrosRange stretch) {
        long first = Granularity.MINUTE.ceil(Math.floorDiv(stretch.from() + Micros.SECOND - 1, Micros.SECOND));
        long last = Granularity.MINUTE.floor(Math.floorDiv(stretch.to(), Micros.SECOND));
        if (first >= last) {
            addRaw(stretch.from(), stretch.to());
            return;
        }
        addRaw(stretch.from(), first * Micros.SECOND);
        spans.addAll(cover(coarsest, first, last, NOTHING_TAKEN));
        addRaw(last * Micros.SECOND, stretch.to());
    }

    private void addRaw(long from, long to) {
        if (from < to) {
            raw.add(new MicrosRange(from, to));
        }
    }

    /** Where deltas, which are by the minute, are read: every span, whatever its level. */
    public boolean covers(long happenedAt) {
        long second = Math.floorDiv(happenedAt, Micros.SECOND);
        return spans.stream().anyMatch(span -> second >= span.from() && second < span.to());
    }
}
