package dev.odometer.api.functions.events;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.filter.TimeFilter;
import dev.odometer.metering.resource.Timestamp;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.UsageLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists recent events, latest first, with the reasons why an event is not counted. */
public final class ListEvents implements Function<ListEvents.Input, List<EventView>> {

    private static final Duration MAX_AGE = Duration.ofDays(32);

    private final UsageLog log;
    private final EventViews views;
    private final CustomerSubjects subjects;
    private final Clock clock;

    public ListEvents(UsageLog log, EventViews views, CustomerLookup customers, Clock clock) {
        this.log = log;
        this.views = views;
        this.subjects = new CustomerSubjects(customers);
        this.clock = clock;
    }

    /**
     * The filters, all of which must match.
     *
     * @param id matches a part of the id
     * @param subject matches the whole subject
     * @param from at most 32 days ago, which is also the default
     * @param ingestedAtFrom at most 32 days ago
     */
    public record Input(
            @Nullable String clientId,
            @Nullable String id,
            @Nullable String subject,
            @Nullable List<@Nullable String> customerId,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Instant ingestedAtFrom,
            @Nullable Instant ingestedAtTo,
            @Nullable Integer limit) {}

    @Override
    public List<EventView> apply(Input input) {
        Bounds.clientId(input.clientId);
        Instant oldest = clock.instant().minus(MAX_AGE);
        String id = Bounds.text("id", input.id);
        String subject = Bounds.text("subject", input.subject);
        var search = new EventSearch(
                id == null ? null : TextFilter.containing(id),
                null,
                null,
                subject == null ? null : TextFilter.of(TextFilter.Op.EQ, subject),
                subjects.of(Bounds.texts("customerId", input.customerId, CustomerSubjects.MAX_CUSTOMERS)),
                between("from", input.from == null ? oldest : atLeast(oldest, "from", input.from), input.to),
                between("ingestedAtFrom", atLeast(oldest, "ingestedAtFrom", input.ingestedAtFrom), input.ingestedAtTo),
                null,
                Bounds.limit(input.limit));
        return views.of(log.list(search));
    }

    private static @Nullable Instant atLeast(Instant oldest, String field, @Nullable Instant from) {
        if (from != null && from.isBefore(oldest)) {
            throw Refusal.invalid(field + " date is too old: " + from);
        }
        return from;
    }

    private static @Nullable TimeFilter between(String field, @Nullable Instant from, @Nullable Instant to) {
        String end = field.replace("from", "to").replace("From", "To");
        if (from != null && to != null && to.isBefore(from)) {
            throw Refusal.invalid(end + " date is before " + field + " date: " + to + " < " + from);
        }
        List<TimeFilter> sides = Stream.concat(
                        Stream.ofNullable(from)
                                .map(time -> TimeFilter.of(TimeFilter.Op.GTE, Timestamp.checked(field, time))),
                        Stream.ofNullable(to)
                                .map(time -> TimeFilter.of(TimeFilter.Op.LT, Timestamp.checked(end, time))))
                .toList();
        return sides.isEmpty() ? null : TimeFilter.joined(TimeFilter.Op.ALL, sides);
    }
}
