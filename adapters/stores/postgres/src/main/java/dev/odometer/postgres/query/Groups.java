package dev.odometer.postgres.query;

import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.usage.TextFilter;
import dev.odometer.metering.usage.UsageQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The groups of an answer, numbered; which of them a series or an event belongs to is decided here, for both alike. */
final class Groups {

    private final UsageQuery query;
    private final List<String> keys;
    private final Predicate<List<String>> filter;
    /** By the components of a group: a record's own hash is slow to come, at the first query of a cold start. */
    private final Map<List<@Nullable Object>, Integer> numbers = new HashMap<>();

    private final List<Group> groups = new ArrayList<>();

    Groups(UsageQuery query) {
        this.query = query;
        this.keys = List.copyOf(query.meter().groupBy().keySet());
        this.filter = filter(query.meter(), query.filters());
    }

    /** A test of group values in the order of the meter's keys. */
    static Predicate<List<String>> filter(Meter meter, Map<String, TextFilter> filters) {
        List<String> keys = List.copyOf(meter.groupBy().keySet());
        Predicate<List<String>> all = values -> true;
        for (Map.Entry<String, TextFilter> filter : filters.entrySet()) {
            int place = keys.indexOf(filter.getKey());
            Predicate<String> condition = filter.getValue().toPredicate();
            // A key that the meter does not have is one that every event lacks.
            all = all.and(values -> condition.test(place < 0 ? "" : values.get(place)));
        }
        return all;
    }

    /** What rows are apart by. */
    record Group(@Nullable String subject, @Nullable String customer, Map<String, String> groupBy) {}

    /** The number of the group, or -1 when the question is not about it. */
    int numberOf(String subject, List<String> values) {
        if (!query.asksAbout(subject) || !filter.test(values)) {
            return -1;
        }
        var group = new Group(
                query.bySubject() ? subject : null,
                query.byCustomer() ? query.customerOf(subject) : null,
                grouped(values));
        return numbers.computeIfAbsent(Arrays.asList(group.subject, group.customer, group.groupBy), parts -> {
            groups.add(group);
            return groups.size() - 1;
        });
    }

    private Map<String, String> grouped(List<String> values) {
        if (query.groupBy().isEmpty()) {
            return Map.of();
        }
        var grouped = new TreeMap<String, String>();
        for (int i = 0; i < values.size(); i++) {
            if (query.groupBy().contains(keys.get(i))) {
                grouped.put(keys.get(i), values.get(i));
            }
        }
        return grouped;
    }

    Group get(int number) {
        return groups.get(number);
    }

    /** Whether all of a meter's series are one group, so that they need not be looked at. */
    boolean isTrivial() {
        return query.isUngrouped()
                && query.filters().isEmpty()
                && query.subjects() == null
                && query.attribution() == null;
    }
}
