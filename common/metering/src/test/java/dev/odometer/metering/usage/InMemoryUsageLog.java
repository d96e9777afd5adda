package dev.odometer.metering.usage;

import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.filter.TextOrder;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterReader;
import dev.odometer.metering.meter.Quantity;
import dev.odometer.metering.meter.Reading;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The test oracle: a list of events and simple arithmetic. Every {@link UsageLog} must return the same results. */
public final class InMemoryUsageLog implements UsageLog {

    private static final Comparator<RecordedEvent> BY_TIME_AND_ARRIVAL =
            Comparator.comparing((RecordedEvent e) -> e.event().happenedAt()).thenComparing(RecordedEvent::position);

    private final List<RecordedEvent> events = new ArrayList<>();
    private final Set<UsageEvent.Identity> known = new HashSet<>();
    private final Clock clock;
    private Consumer<List<UsageEvent>> onAppend = newEvents -> {};

    public InMemoryUsageLog(Clock clock) {
        this.clock = clock;
    }

    /** Sets a listener that is called after each append with the new events. */
    public void onAppend(Consumer<List<UsageEvent>> after) {
        onAppend = after;
    }

    @Override
    public synchronized List<Receipt> append(List<UsageEvent> batch) {
        var receipts = new ArrayList<Receipt>();
        var newEvents = new ArrayList<UsageEvent>();
        for (UsageEvent event : batch) {
            event.happenedAt();
            boolean first = known.add(event.identity());
            if (first) {
                events.add(new RecordedEvent(event, clock.instant(), events.size()));
                newEvents.add(event);
            }
            receipts.add(first ? Receipt.RECORDED : Receipt.ALREADY_RECORDED);
        }
        onAppend.accept(newEvents);
        return receipts;
    }

    private record Group(
            @Nullable Window window,
            @Nullable String subject,
            @Nullable String customer,
            Map<String, String> groupBy) {}

    private record Counted(RecordedEvent recorded, Reading reading) {}

    @Override
    public synchronized List<UsageRow> query(UsageQuery query, int maxRows) {
        var reader = new MeterReader(query.meter());
        Map<Group, List<Counted>> groups = new LinkedHashMap<>();
        for (RecordedEvent recorded : events) {
            Reading reading = reading(reader, query, recorded.event());
            if (!(reading instanceof Reading.Skipped)) {
                groups.computeIfAbsent(groupOf(reader, query, recorded.event()), group -> new ArrayList<>())
                        .add(new Counted(recorded, reading));
            }
        }
        if (groups.isEmpty()
                && query.windowSize() == null
                && query.isUngrouped()
                && query.meter().aggregation().countsNothingAsZero()) {
            var epoch = new Window(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
            return List.of(new UsageRow(epoch, BigDecimal.ZERO, null, null, Map.of()));
        }
        if (groups.size() > maxRows) {
            throw UsageLog.tooManyRows(maxRows);
        }
        return groups.entrySet().stream()
                .map(entry -> row(query.meter().aggregation(), entry.getKey(), entry.getValue()))
                .sorted(UsageRow.ORDER)
                .toList();
    }

    private static Reading reading(MeterReader reader, UsageQuery query, UsageEvent event) {
        Meter meter = reader.meter();
        if (!event.type().equals(meter.eventType())
                || !meter.covers(event.happenedAt())
                || !query.range().contains(event.happenedAt())
                || !query.includes(event.subject())) {
            return new Reading.Skipped("not in the query");
        }
        Map<String, String> groups = groups(reader, event);
        boolean matches = query.filters().entrySet().stream()
                .allMatch(filter -> filter.getValue().toPredicate().test(groups.getOrDefault(filter.getKey(), "")));
        return matches ? reader.read(event.data()) : new Reading.Skipped("filtered");
    }

    private static Map<String, String> groups(MeterReader reader, UsageEvent event) {
        var groups = new TreeMap<String, String>();
        List<String> values = reader.groups(event.data());
        int i = 0;
        for (String key : reader.meter().groupBy().keySet()) {
            groups.put(key, values.get(i++));
        }
        return groups;
    }

    private static Group groupOf(MeterReader reader, UsageQuery query, UsageEvent event) {
        Map<String, String> groups = groups(reader, event);
        groups.keySet().retainAll(query.groupBy());
        WindowSize size = query.windowSize();
        return new Group(
                size == null ? null : size.containing(event.happenedAt(), query.zone()),
                query.bySubject() ? event.subject() : null,
                query.byCustomer() ? query.customerOf(event.subject()) : null,
                groups);
    }

    private static UsageRow row(Aggregation aggregation, Group group, List<Counted> counted) {
        return new UsageRow(
                Optional.ofNullable(group.window()).orElseGet(() -> minutes(counted)),
                Quantity.normal(value(aggregation, counted)),
                group.subject(),
                group.customer(),
                group.groupBy());
    }

    private static Window minutes(List<Counted> counted) {
        List<Instant> times = counted.stream()
                .map(c -> c.recorded().event().happenedAt())
                .sorted()
                .toList();
        return new Window(
                WindowSize.MINUTE.containing(times.get(0), ZoneOffset.UTC).start(),
                WindowSize.MINUTE
                        .containing(times.get(times.size() - 1), ZoneOffset.UTC)
                        .end());
    }

    private static BigDecimal value(Aggregation aggregation, List<Counted> counted) {
        return switch (aggregation) {
            case COUNT -> BigDecimal.valueOf(counted.size());
            case SUM -> amounts(counted).reduce(BigDecimal.ZERO, BigDecimal::add);
            case AVG -> Quantity.average(amounts(counted).reduce(BigDecimal.ZERO, BigDecimal::add), counted.size());
            case MIN -> amounts(counted).min(Comparator.naturalOrder()).orElseThrow();
            case MAX -> amounts(counted).max(Comparator.naturalOrder()).orElseThrow();
            case LATEST ->
                amounts(counted.stream().max(Comparator.comparing(Counted::recorded, BY_TIME_AND_ARRIVAL)).stream()
                                .toList())
                        .findFirst()
                        .orElseThrow();
            case UNIQUE_COUNT ->
                BigDecimal.valueOf(
                        counted.stream().map(Counted::reading).distinct().count());
        };
    }

    private static Stream<BigDecimal> amounts(List<Counted> counted) {
        return counted.stream().map(c -> ((Reading.Amount) c.reading()).value());
    }

    @Override
    public synchronized List<RecordedEvent> list(EventSearch search) {
        return events.stream()
                .filter(text(search.id(), UsageEvent::id))
                .filter(text(search.source(), UsageEvent::source))
                .filter(text(search.type(), UsageEvent::type))
                .filter(text(search.subject(), UsageEvent::subject))
                .filter(e -> search.subjects() == null
                        || search.subjects().contains(e.event().subject()))
                .filter(e ->
                        search.time() == null || search.time().test(e.event().happenedAt()))
                .filter(e -> search.recordedAt() == null || search.recordedAt().test(e.recordedAt()))
                .filter(e -> search.after() == null || comesAfter(e, search.after()))
                .sorted(BY_TIME_AND_ARRIVAL.reversed())
                .limit(search.limit())
                .toList();
    }

    private static Predicate<RecordedEvent> text(@Nullable TextFilter filter, Function<UsageEvent, String> field) {
        Predicate<String> predicate = filter == null ? text -> true : filter.toPredicate();
        return recorded -> predicate.test(field.apply(recorded.event()));
    }

    private static boolean comesAfter(RecordedEvent recorded, EventSearch.Cursor cursor) {
        int byTime = recorded.event().happenedAt().compareTo(cursor.time());
        return byTime < 0 || (byTime == 0 && recorded.position() < cursor.position());
    }

    @Override
    public synchronized List<String> subjects(Meter meter, Range range, int maximum) {
        return distinct(meter, range, maximum, (reader, event) -> event.subject());
    }

    @Override
    public synchronized List<String> subjectsBefore(Meter meter, Range range, @Nullable String before, int limit) {
        return subjects(meter, range, Integer.MAX_VALUE).stream()
                .sorted(TextOrder.DESCENDING)
                .filter(subject -> before == null || TextOrder.compare(subject, before) < 0)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<String> groupValues(Meter meter, String key, Range range, int maximum) {
        return distinct(
                meter, range, maximum, (reader, event) -> groups(reader, event).getOrDefault(key, ""));
    }

    @Override
    public synchronized List<EventCount> countBySubject(Instant from, int limit) {
        return events.stream()
                .map(RecordedEvent::event)
                .filter(event -> !event.happenedAt().isBefore(from))
                .collect(Collectors.groupingBy(UsageEvent::subject, Collectors.counting()))
                .entrySet()
                .stream()
                .map(subject -> new EventCount(subject.getKey(), subject.getValue()))
                .sorted(Comparator.comparing(EventCount::events)
                        .reversed()
                        .thenComparing(EventCount::subject, TextOrder::compare))
                .limit(limit)
                .toList();
    }

    private interface Extractor {
        String of(MeterReader reader, UsageEvent event);
    }

    private List<String> distinct(Meter meter, Range range, int maximum, Extractor extractor) {
        var reader = new MeterReader(meter);
        var all = new UsageQuery(
                meter, range, null, ZoneOffset.UTC, null, null, false, false, List.of(), new HashMap<>());
        List<String> found = events.stream()
                .map(RecordedEvent::event)
                .filter(event -> !(reading(reader, all, event) instanceof Reading.Skipped))
                .map(event -> extractor.of(reader, event))
                .collect(Collectors.toCollection(() -> new TreeSet<>(TextOrder::compare)))
                .stream()
                .toList();
        if (found.size() > maximum) {
            throw UsageLog.tooManyRows(maximum);
        }
        return found;
    }
}
