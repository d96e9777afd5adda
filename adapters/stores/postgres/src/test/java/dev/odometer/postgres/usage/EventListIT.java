package dev.odometer.postgres.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.filter.TextFilter.Op;
import dev.odometer.metering.filter.TimeFilter;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.InMemoryUsageLog;
import dev.odometer.metering.usage.RecordedEvent;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** Event lists from PostgreSQL equal those of the in-memory store, for all filters and pages. */
class EventListIT {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final List<String> TEXTS = List.of(
            "a",
            "ab",
            "B",
            "a%b",
            "a_b",
            "a\\b",
            "'; drop table usage_event; --",
            "ü",
            "\uD83D\uDE00",
            "\uE000",
            ":p0",
            "?");

    private final Random random = new Random();

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void listsTheSameEventsAsTheOracle(@ForAll long seed) {
        random.setSeed(seed);
        PostgresStore store = TestDatabase.emptyStore(CLOCK);
        var oracle = new InMemoryUsageLog(CLOCK);
        for (int batch = 0; batch < 3; batch++) {
            List<UsageEvent> events = events(batch);
            store.usage().append(events);
            oracle.append(events);
        }
        for (int limit : List.of(1, 3, 100)) {
            Instant from = NOW.minusSeconds(random.nextInt(5));
            assertThat(store.usage().countBySubject(from, limit)).isEqualTo(oracle.countBySubject(from, limit));
        }
        for (int i = 0; i < 5; i++) {
            EventSearch search = search();
            assertThat(all(store, search)).as("%s", search).isEqualTo(events(oracle.list(search)));
        }
    }

    /** Reads all pages of three events by following the cursor. */
    private static List<UsageEvent> all(PostgresStore store, EventSearch search) {
        var all = new ArrayList<RecordedEvent>();
        EventSearch.Cursor after = null;
        while (true) {
            List<RecordedEvent> page = store.usage().list(with(search, after, 3));
            all.addAll(page);
            if (page.size() < 3) {
                return events(all);
            }
            RecordedEvent last = page.get(2);
            after = new EventSearch.Cursor(last.event().happenedAt(), last.position());
        }
    }

    private static EventSearch with(EventSearch search, EventSearch.@Nullable Cursor after, int limit) {
        return new EventSearch(
                search.id(),
                search.source(),
                search.type(),
                search.subject(),
                search.subjects(),
                search.time(),
                search.recordedAt(),
                after,
                limit);
    }

    private static List<UsageEvent> events(List<RecordedEvent> recorded) {
        return recorded.stream().map(RecordedEvent::event).toList();
    }

    private List<UsageEvent> events(int batch) {
        return IntStream.range(0, random.nextInt(15))
                .mapToObj(i -> new UsageEvent(
                        "1.0",
                        pick(TEXTS) + batch + "-" + i,
                        pick(TEXTS),
                        pick(TEXTS),
                        pick(TEXTS),
                        NOW.minusSeconds(random.nextInt(5)).plusNanos(1000L * random.nextInt(2)),
                        null,
                        null,
                        random.nextBoolean() ? null : Map.of("k", pick(TEXTS))))
                .toList();
    }

    private EventSearch search() {
        return new EventSearch(
                sometimes(),
                sometimes(),
                sometimes(),
                sometimes(),
                random.nextInt(4) == 0 ? Set.of("a", "ü") : null,
                random.nextInt(3) == 0 ? time() : null,
                random.nextInt(5) == 0 ? TimeFilter.of(TimeFilter.Op.LTE, NOW) : null,
                null,
                1000);
    }

    private @Nullable TextFilter sometimes() {
        return random.nextInt(3) == 0 ? text(2) : null;
    }

    private TextFilter text(int depth) {
        Op op = pick(Arrays.asList(Op.values()));
        return switch (op) {
            case IN, NIN -> new TextFilter(op, List.of(pick(TEXTS), pick(TEXTS)), List.of());
            case ALL, ANY ->
                depth == 0
                        ? TextFilter.of(Op.EQ, pick(TEXTS))
                        : TextFilter.joined(op, List.of(text(depth - 1), text(depth - 1)));
            case LIKE, NLIKE, ILIKE, NILIKE ->
                TextFilter.of(op, pick(List.of("a%", "%b%", "_", "a\\%b%", "A_%", "%", "%%a%%")));
            default -> TextFilter.of(op, pick(TEXTS));
        };
    }

    private TimeFilter time() {
        return TimeFilter.joined(
                pick(List.of(TimeFilter.Op.ALL, TimeFilter.Op.ANY)),
                List.of(
                        TimeFilter.of(TimeFilter.Op.GTE, NOW.minusSeconds(random.nextInt(5))),
                        TimeFilter.of(TimeFilter.Op.LT, NOW.minusNanos(random.nextInt(3000)))));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
