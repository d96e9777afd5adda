package dev.odometer.api.functions.usage;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.text.Rfc3339;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.UsageRow;
import dev.odometer.metering.usage.Window;
import dev.odometer.metering.usage.WindowSize;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query of both versions in terms of the domain. A filter on subjects or customers also groups the rows by them.
 *
 * @param subjects only these; empty for all
 * @param customers only theirs; empty for all
 * @param groupBy group-by keys of the meter, {@link #SUBJECT} and {@link #CUSTOMER}
 */
record MeterQuery(
        Meter meter,
        Range range,
        @Nullable WindowSize windowSize,
        ZoneId zone,
        Set<String> subjects,
        List<Customer> customers,
        Set<String> groupBy,
        Map<String, TextFilter> filters) {

    static final String SUBJECT = "subject";
    static final String CUSTOMER = "customer_id";

    MeterQuery {
        var groups = new LinkedHashSet<>(groupBy);
        if (!subjects.isEmpty()) {
            groups.add(SUBJECT);
        }
        if (!customers.isEmpty()) {
            groups.add(CUSTOMER);
        }
        groupBy = Collections.unmodifiableSet(groups);
        for (String key : groups) {
            boolean isKnown = key.equals(SUBJECT)
                    || (key.equals(CUSTOMER) && !customers.isEmpty())
                    || meter.groupBy().containsKey(key);
            if (!isKnown) {
                throw Refusal.invalid("invalid group by: " + Refusal.quote(key));
            }
        }
        for (String key : filters.keySet()) {
            if (!meter.groupBy().containsKey(key)) {
                throw Refusal.invalid("invalid group by filter: " + Refusal.quote(key));
            }
        }
    }

    boolean bySubject() {
        return groupBy.contains(SUBJECT);
    }

    boolean byCustomer() {
        return groupBy.contains(CUSTOMER);
    }

    /** The group-by keys of the meter, in the order of the request. */
    List<String> keys() {
        return groupBy.stream()
                .filter(key -> !key.equals(SUBJECT) && !key.equals(CUSTOMER))
                .toList();
    }

    /** @throws Refusal when there are more rows than the maximum */
    List<UsageRow> run(UsageLog log, int maxRows) {
        List<UsageRow> rows = log.query(query(), maxRows);
        return windowSize != null
                ? rows
                : rows.stream().map(this::bounded).sorted(UsageRow.GROUP_ORDER).toList();
    }

    /** The time of a row as text: with the offset of the zone that its window is in, otherwise in UTC. */
    String text(Instant time) {
        return Rfc3339.format(time, windowSize == null ? ZoneOffset.UTC : zone);
    }

    private UsageQuery query() {
        return new UsageQuery(
                meter,
                range,
                windowSize,
                zone,
                subjects.isEmpty() ? null : subjects,
                customers.isEmpty() ? null : attribution(),
                bySubject(),
                byCustomer(),
                keys(),
                filters);
    }

    private Map<String, String> attribution() {
        var owners = new HashMap<String, String>();
        customers.forEach(customer -> customer.subjects().forEach(subject -> owners.put(subject, customer.id())));
        return owners;
    }

    /** Without windows, a row spans the requested range where it has bounds. */
    private UsageRow bounded(UsageRow row) {
        Instant start = range.from() == null ? row.window().start() : range.from();
        Instant end = range.to() == null ? row.window().end() : range.to();
        return new UsageRow(new Window(start, end), row.value(), row.subject(), row.customerId(), row.groupBy());
    }
}
