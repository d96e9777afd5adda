package dev.odometer.metering.usage;

import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Meter;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query for the usage of one meter.
 *
 * @param range the time range; the start of the meter applies too
 * @param windowSize absent for one row per group
 * @param zone the time zone of the windows
 * @param subjects the subjects whose usage counts; absent for all
 * @param attribution customer id by subject, for queries by customer; if present, only its subjects count
 * @param bySubject whether to group by subject
 * @param byCustomer whether to group by customer
 * @param groupBy the group-by keys of the meter to group by
 * @param filters conditions by group-by key of the meter
 */
public record UsageQuery(
        Meter meter,
        Range range,
        @Nullable WindowSize windowSize,
        ZoneId zone,
        @Nullable Set<String> subjects,
        @Nullable Map<String, String> attribution,
        boolean bySubject,
        boolean byCustomer,
        List<String> groupBy,
        Map<String, TextFilter> filters) {

    public UsageQuery {
        subjects = subjects == null ? null : Set.copyOf(subjects);
        attribution = attribution == null ? null : Map.copyOf(attribution);
        groupBy = List.copyOf(groupBy);
        filters = Map.copyOf(filters);
    }

    /** Whether the query has no grouping. */
    public boolean isUngrouped() {
        return !bySubject && !byCustomer && groupBy.isEmpty();
    }

    /** The id of the customer that the subject belongs to; {@code null} if the query does not attribute it. */
    public @Nullable String customerOf(String subject) {
        return attribution == null ? null : attribution.get(subject);
    }

    /** Whether the query includes the subject's usage. */
    public boolean includes(String subject) {
        return (subjects == null || subjects.contains(subject))
                && (attribution == null || attribution.containsKey(subject));
    }
}
