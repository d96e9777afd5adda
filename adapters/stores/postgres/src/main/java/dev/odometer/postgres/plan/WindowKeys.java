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
 * Windows as SQL can compute them without knowing zones. Time is cut where the offset changes; between two cuts a window
 * is a multiple of its size on the shifted clock, and where a window spans a transition it is a segment of its own. So a
 * pair (segment, shifted start) is one window, and Java says which.
 *
 * @param cuts where segments begin, in seconds, ascending; the first begins before all
 * @param offsets the offset in each segment, one more than there are cuts; absent where the segment is one window
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record WindowKeys(long[] cuts, @Nullable Long[] offsets) {

    public static WindowKeys of(WindowSize size, ZoneId zone, MicrosRange used) {
        var segments = new TreeMap<Long, @Nullable Long>();
        // From where the first window begins: a clock set back across midnight shows the day before inside of it.
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

    /** The SQL of the segment of a time {@code e.at} in seconds; its parameter is {@code cuts}. */
    public static String segment() {
        return "width_bucket(e.at, :cuts::bigint[])";
    }

    /** The SQL of the shifted start for a time and a segment; its parameter is {@code offsets}. */
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
        // PostgreSQL's division cuts towards zero; of numerics, floor does not.
        return "floor(" + second + "::numeric / " + size + ")::bigint";
    }
}
