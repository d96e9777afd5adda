package dev.odometer.postgres.plan;

import dev.odometer.metering.usage.Window;
import dev.odometer.metering.usage.WindowSize;
import dev.odometer.postgres.jdbc.Micros;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of times to windows that SQL can compute without time zones. Time is split into segments at the changes of
 * the offset. Within a segment a window is a multiple of its size in local time; a window that spans a change is a
 * segment of its own. So each pair (segment, local start) identifies one window, which Java resolves.
 *
 * @param cuts the starts of the segments after the first, in seconds, ascending
 * @param offsets the offset of each segment in seconds, one more than there are cuts; null where the segment is one
 *     window
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record WindowKeys(long[] cuts, @Nullable Long[] offsets) {

    public static WindowKeys of(WindowSize size, ZoneId zone, MicrosRange used) {
        var segments = new TreeMap<Long, @Nullable Long>();
        // Begins with the first window: a clock that is set back across midnight shows the previous day within it.
        Instant first = size.containing(Micros.toInstant(used.from()), zone).start();
        ZoneOffsets zoneOffsets = ZoneOffsets.during(zone, new MicrosRange(Micros.of(first), used.to()));
        for (ZoneOffsetTransition transition : zoneOffsets.transitions()) {
            Instant at = transition.getInstant();
            Window window = size.containing(at, zone);
            if (window.start().isBefore(at)) {
                segments.put(window.start().getEpochSecond(), null);
                segments.put(window.end().getEpochSecond(), offset(zone, window.end()));
            } else {
                segments.put(at.getEpochSecond(), offset(zone, at));
            }
        }
        var offsets = new @Nullable Long[segments.size() + 1];
        offsets[0] = zoneOffsets.first();
        var cuts = new long[segments.size()];
        int i = 0;
        for (Map.Entry<Long, @Nullable Long> segment : segments.entrySet()) {
            cuts[i] = segment.getKey();
            offsets[++i] = segment.getValue();
        }
        return new WindowKeys(cuts, offsets);
    }

    private static Long offset(ZoneId zone, Instant at) {
        return (long) zone.getRules().getOffset(at).getTotalSeconds();
    }

    /** The SQL of the segment of a time {@code e.at} in seconds. Its parameter is {@code cuts}. */
    public static String segment() {
        return "width_bucket(e.at, :cuts::bigint[])";
    }

    /** The SQL of the local start of the window of a time and segment. Its parameter is {@code offsets}. */
    public static String shiftedStart(WindowSize size) {
        String shifted = "(k.at + (:offsets::bigint[])[k.segment + 1])";
        return switch (size) {
            case MINUTE -> floor(shifted, 60);
            case HOUR -> floor(shifted, 3600);
            case DAY -> floor(shifted, 86_400);
            case MONTH ->
                "extract(epoch from date_trunc('month', timestamp 'epoch' + " + shifted
                        + " * interval '1 second'))::bigint";
        };
    }

    private static String floor(String second, int size) {
        // PostgreSQL's integer division truncates towards zero, which is wrong for times before 1970; floor of a
        // numeric does not.
        return "floor(" + second + "::numeric / " + size + ")::bigint";
    }
}
