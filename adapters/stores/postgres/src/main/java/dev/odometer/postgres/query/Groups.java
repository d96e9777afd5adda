package dev.odometer.postgres.query;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.UsageQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a result, numbered in the order in which they are found. The same code assigns series and events to
 * groups.
 */
final class Groups {

    /** The memory of a value besides its characters, and about what its key takes in an answer. */
    private static final int BYTES_PER_VALUE = 48;
    /** The average that the groups of an answer's rows may take. */
    private static final long MAX_BYTES_PER_ROW = 500;

    private final UsageQuery query;
    private final int maxRows;
    private final List<String> keys;
    private final Predicate<List<String>> filter;
    /**
     * Keyed by the components of a group instead of the record: the generated hash code of a record is slow to
     * initialize, which matters for the first query after a cold start.
     */
    private final Map<List<@Nullable Object>, Integer> numbers = new HashMap<>();

    private final List<Group> groups = new ArrayList<>();
    private long bytes;

    /** @param maxRows bounds the groups and, with the length of their values, their memory */
    Groups(UsageQuery query, int maxRows) {
        this.query = query;
        this.maxRows = maxRows;
        this.keys = List.copyOf(query.meter().groupBy().keySet());
        this.filter = filter(query.meter(), query.filters());
    }

    /** A predicate on group values in the order of the meter's keys. */
    static Predicate<List<String>> filter(Meter meter, Map<String, TextFilter> filters) {
        List<String> keys = List.copyOf(meter.groupBy().keySet());
        Predicate<List<String>> all = values -> true;
        for (Map.Entry<String, TextFilter> filter : filters.entrySet()) {
            int place = keys.indexOf(filter.getKey());
            Predicate<String> condition = filter.getValue().toPredicate();
            // A key that the meter does not have is missing in every event, and a missing value is the empty text.
            all = all.and(values -> condition.test(place < 0 ? "" : values.get(place)));
        }
        return all;
    }

    /** The values that distinguish rows of the same window. */
    record Group(@Nullable String subject, @Nullable String customer, Map<String, String> groupBy) {

        /** The approximate size in memory, and in an answer. */
        long bytes() {
            long total = subject == null ? 0 : BYTES_PER_VALUE + subject.length();
            for (String value : groupBy.values()) {
                total += BYTES_PER_VALUE + value.length();
            }
            return total;
        }
    }

    /** The number of the group, or -1 if the query excludes the subject or the values. */
    int numberOf(String subject, List<String> values) {
        if (!query.includes(subject) || !filter.test(values)) {
            return -1;
        }
        var group = new Group(
                query.bySubject() ? subject : null,
                query.byCustomer() ? query.customerOf(subject) : null,
                grouped(values));
        return numbers.computeIfAbsent(Arrays.asList(group.subject, group.customer, group.groupBy), parts -> {
            groups.add(group);
            bytes += group.bytes();
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

    int size() {
        return groups.size();
    }

    /** Whether there are more groups than an answer may have. */
    boolean areTooMany() {
        return groups.size() > maxRows || isTooLarge(bytes);
    }

    boolean isTooLarge(long bytes) {
        return bytes > MAX_BYTES_PER_ROW * maxRows;
    }

    /** The refusal of too many groups. */
    Refusal tooMany() {
        return groups.size() > maxRows ? UsageLog.tooManyRows(maxRows) : UsageLog.tooLarge();
    }

    /** Removes the groups from this number on. */
    void truncate(int size) {
        groups.subList(size, groups.size()).clear();
        numbers.values().removeIf(number -> number >= size);
        bytes = groups.stream().mapToLong(Group::bytes).sum();
    }

    Group get(int number) {
        return groups.get(number);
    }

    /** Whether all series of a meter form one group, so that they need not be read. */
    boolean isTrivial() {
        return query.isUngrouped()
                && query.filters().isEmpty()
                && query.subjects() == null
                && query.attribution() == null;
    }
}
