package dev.odometer.metering.usage;

import dev.odometer.metering.meter.Meter;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question to a {@link UsageLog}: how much, by whom, when.
 *
 * @param range the time asked about; the meter's own start applies besides
 * @param windowSize absent for one row per group
 * @param zone whose wall clock the windows follow
 * @param subjects only these; absent for all
 * @param attribution subject to customer id, for grouping by customer; with it only the subjects it names count
 * @param bySubject whether rows are apart by subject
 * @param byCustomer whether rows are apart by customer
 * @param groupBy keys of the meter by whose values rows are apart
 * @param filters conditions on the values of the meter's keys
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

    /** Whether every counted event falls into the same group. */
    public boolean isUngrouped() {
        return !bySubject && !byCustomer && groupBy.isEmpty();
    }

    /** The customer that the subject's usage counts for, as far as this question knows. */
    public @Nullable String customerOf(String subject) {
        return attribution == null ? null : attribution.get(subject);
    }

    /** Whether the subject's usage is asked about. */
    public boolean asksAbout(String subject) {
        return (subjects == null || subjects.contains(subject))
                && (attribution == null || attribution.containsKey(subject));
    }
}
