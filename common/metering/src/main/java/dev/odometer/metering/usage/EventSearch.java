package dev.odometer.metering.usage;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events to list; conditions that are absent hold for all.
 *
 * @param subjects only events of these
 * @param after only events that come after this place in the list's order
 * @param limit the most to return, at least 1
 */
public record EventSearch(
        @Nullable TextFilter id,
        @Nullable TextFilter source,
        @Nullable TextFilter type,
        @Nullable TextFilter subject,
        @Nullable Set<String> subjects,
        @Nullable TimeFilter time,
        @Nullable TimeFilter recordedAt,
        @Nullable Cursor after,
        int limit) {

    /** A place in the list's order: time descending, then arrival descending. */
    public record Cursor(Instant time, long position) {}
}
