package dev.odometer.metering.usage;

import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.filter.TimeFilter;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a list of events. Absent filters match all.
 *
 * @param subjects the subjects of the events, in addition to the filter on subjects
 * @param after only events after this cursor in the list's order
 * @param limit the maximum number of events, at least 1
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

    /** A position in the list's order: time descending, then arrival descending. */
    public record Cursor(Instant time, long position) {}
}
