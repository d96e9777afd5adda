package dev.odometer.postgres.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.file.InMemoryFileStore;
import dev.odometer.metering.archive.EventArchive;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.filter.TextOrder;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.usage.InMemoryUsageLog;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageCompression;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.UsageRow;
import dev.odometer.metering.usage.UsageTotal;
import dev.odometer.metering.usage.Window;
import dev.odometer.metering.usage.WindowSize;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.archive.ArchiveLimits;
import dev.odometer.postgres.rollup.Pace;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/**
 * Queries in PostgreSQL return the same as those of the in-memory store, for random events, orders, batches, duplicates
 * and meters.
 */
class UsageLogOracleIT {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC);
    private static int compressions;
    private static int archived;
    private static int counts;

    private final Random random = new Random();

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void returnsTheSameAsTheOracle(@ForAll long seed) {
        random.setSeed(seed);
        PostgresStore store = TestDatabase.emptyStore(
                CLOCK,
                new Pace(
                        pick(List.of(1, 2, 5, 64)),
                        pick(List.of(4, 40, 32_000)),
                        1 + random.nextInt(60),
                        random.nextInt(6)));
        EventArchive archive = archive(store);
        var oracle = new InMemoryUsageLog(CLOCK);
        List<UsageEvent> events = withDuplicates(events());
        List<Meter> meters = meters();
        int created = 0;
        for (int from = 0; from < events.size(); ) {
            if (created < meters.size() && random.nextInt(4) == 0) {
                store.meters().add(meters.get(created++));
            }
            int to = Math.min(events.size(), from + 1 + random.nextInt(40));
            assertThat(store.usage().append(events.subList(from, to)))
                    .isEqualTo(oracle.append(events.subList(from, to)));
            from = to;
            compressOrArchive(store, archive);
        }
        while (created < meters.size()) {
            store.meters().add(meters.get(created++));
        }
        compressOrArchive(store, archive);
        // Until then, queries that need archived events are refused.
        while (archive.count()) {
            counts++;
        }
        for (int i = 0; i < 12; i++) {
            check(store.usage(), oracle, query(meters.get(random.nextInt(meters.size())), events));
        }
        checkTotals(oracle, meters, events);
    }

    private EventArchive archive(PostgresStore store) {
        return TestDatabase.archive(
                store,
                new InMemoryFileStore(),
                new ArchiveLimits(
                        1 + random.nextInt(60),
                        1 + random.nextInt(20),
                        1 + random.nextInt(3),
                        60 + random.nextInt(200)));
    }

    /** Archives some of the past days. Events that arrive later are archived later, or stay. */
    private void compressOrArchive(PostgresStore store, EventArchive archive) {
        if (random.nextInt(8) == 0) {
            compress(store);
        }
        if (random.nextInt(6) == 0) {
            for (int i = random.nextInt(6); i > 0 && archive.archive(CLOCK.instant()); i--) {
                archived++;
            }
        }
    }

    /** Compresses all days that may be compressed. Minutes that arrive later are in rows of their own. */
    private void compress(PostgresStore store) {
        UsageCompression compression = store.compression();
        int limit = 1 + random.nextInt(5);
        while (compression.compress(CLOCK.instant(), limit) > 0) {
            compressions++;
        }
    }

    @AfterContainer
    static void hasCompressedAndArchived() {
        assertThat(compressions).isGreaterThan(50);
        assertThat(archived).isGreaterThan(150);
        assertThat(counts).isGreaterThan(50);
    }

    private void check(UsageLog log, UsageLog oracle, UsageQuery query) {
        List<UsageRow> rows = oracle.query(query);
        int maxRows = 1 + random.nextInt(pick(List.of(4, 40)));
        assertThat(log.query(query)).as("%s", query).isEqualTo(rows);
        if (rows.size() <= maxRows) {
            assertThat(log.query(query, maxRows)).as("%s", query).isEqualTo(rows);
        } else {
            assertThatThrownBy(() -> log.query(query, maxRows))
                    .hasMessage(UsageLog.tooManyRows(maxRows).getMessage());
        }
        assertThat(SubjectParts.of(log, query, maxRows))
                .isSortedAccordingTo(TextOrder.DESCENDING)
                .doesNotHaveDuplicates()
                .containsAll(oracle.subjects(query.meter(), query.range(), Integer.MAX_VALUE));
    }

    private void checkTotals(UsageLog oracle, List<Meter> meters, List<UsageEvent> events) {
        List<UsageTotal> totals = IntStream.range(0, 12)
                .mapToObj(i -> total(meters.get(random.nextInt(meters.size())), events))
                .toList();
        assertThat(StoredTotals.of(CLOCK, totals))
                .as("%s", totals)
                .isEqualTo(totals.stream().map(total -> total.of(oracle)).toList());
        // Single totals use another statement, which searches the deltas.
        for (UsageTotal total : totals.subList(0, 3)) {
            assertThat(StoredTotals.of(CLOCK, List.of(total))).as("%s", total).containsExactly(total.of(oracle));
        }
    }

    private UsageTotal total(Meter meter, List<UsageEvent> events) {
        Instant from = bound(events).truncatedTo(ChronoUnit.MINUTES);
        return new UsageTotal(
                meter,
                pick(List.of(Set.of(), Set.of("acme"), Set.of("acme", "globex", "unknown"))),
                query(meter, events).filters(),
                new Window(from, from.plusSeconds(60L * (1 + random.nextInt(pick(List.of(3, 90, 3000, 90_000)))))));
    }

    private List<UsageEvent> events() {
        Instant anchor = Instant.parse(pick(EdgeCases.ANCHORS));
        int spread = pick(List.of(90, 3600, 86_400, 5 * 86_400, 70 * 86_400));
        return IntStream.range(0, 1 + random.nextInt(250))
                .mapToObj(i -> event("e" + i, anchor.plusSeconds(random.nextInt(2 * spread) - spread)))
                .toList();
    }

    private UsageEvent event(String id, Instant near) {
        Instant time = switch (random.nextInt(4)) {
            case 0 -> near.truncatedTo(ChronoUnit.MINUTES);
            case 1 -> near.truncatedTo(ChronoUnit.HOURS);
            case 2 -> near.plusNanos(random.nextInt(1_000_000) * 1000L);
            default -> near;
        };
        var data = new HashMap<String, @Nullable Object>();
        if (random.nextInt(10) > 0) {
            data.put("value", pick(EdgeCases.VALUES));
        }
        if (random.nextInt(5) > 0) {
            data.put("model", pick(List.of("a", "b", "ü\uD83D\uDE00", "", true, BigInteger.TEN)));
        }
        return new UsageEvent(
                "1.0",
                id,
                pick(List.of("s", "t")),
                pick(List.of("call", "call", "other")),
                pick(List.of("acme", "globex", "initech")),
                time,
                null,
                null,
                random.nextInt(20) == 0 ? null : data);
    }

    /** Shuffles the events and adds duplicates with other data and times. */
    private List<UsageEvent> withDuplicates(List<UsageEvent> events) {
        var all = new ArrayList<>(events);
        for (UsageEvent event : events) {
            if (random.nextInt(5) == 0) {
                UsageEvent other = event(event.id(), event.happenedAt().plusSeconds(random.nextInt(7200)));
                all.add(new UsageEvent(
                        "1.0",
                        event.id(),
                        event.source(),
                        other.type(),
                        other.subject(),
                        other.time(),
                        null,
                        null,
                        other.data()));
            }
        }
        Collections.shuffle(all, random);
        return all;
    }

    private List<Meter> meters() {
        var meters = new ArrayList<Meter>();
        for (Aggregation aggregation : Aggregation.values()) {
            meters.add(new Meter(
                    "id-" + aggregation,
                    aggregation.name().toLowerCase(java.util.Locale.ROOT),
                    "m",
                    null,
                    Map.of(),
                    aggregation,
                    "call",
                    random.nextInt(4) == 0 ? Instant.parse("2025-10-01T00:00:17Z") : null,
                    aggregation.needsValue() ? "$.value" : null,
                    random.nextBoolean() ? Map.of("model", "$.model") : Map.of(),
                    Lifecycle.created(CLOCK.instant())));
        }
        return meters;
    }

    private UsageQuery query(Meter meter, List<UsageEvent> events) {
        WindowSize size = random.nextInt(4) == 0 ? null : pick(List.of(WindowSize.values()));
        boolean byCustomer = random.nextInt(5) == 0;
        List<String> groupBy = meter.groupBy().isEmpty() || random.nextBoolean() ? List.of() : List.of("model");
        Map<String, TextFilter> filters = meter.groupBy().isEmpty() || random.nextInt(3) > 0
                ? Map.of()
                : Map.of(
                        "model",
                        pick(List.of(TextFilter.in(List.of("a", "true")), TextFilter.of(TextFilter.Op.GT, "a"))));
        return new UsageQuery(
                meter,
                range(events),
                size,
                ZoneId.of(pick(EdgeCases.ZONES)),
                random.nextInt(3) == 0 ? Set.of("acme", "globex") : null,
                byCustomer ? Map.of("acme", "c1", "initech", "c2") : null,
                random.nextBoolean(),
                byCustomer,
                groupBy,
                filters);
    }

    private Range range(List<UsageEvent> events) {
        Instant a = bound(events);
        Instant b = bound(events);
        if (a.truncatedTo(ChronoUnit.MICROS).equals(b.truncatedTo(ChronoUnit.MICROS))) {
            return Range.ALL;
        }
        Instant from = a.isBefore(b) ? a : b;
        return new Range(random.nextInt(4) == 0 ? null : from, random.nextInt(4) == 0 ? null : from.equals(a) ? b : a);
    }

    private Instant bound(List<UsageEvent> events) {
        Instant near = pick(events).happenedAt();
        return switch (random.nextInt(5)) {
            case 0 -> near;
            case 1 -> near.truncatedTo(ChronoUnit.DAYS);
            case 2 -> near.plusNanos(random.nextInt(2000) - 1000);
            case 3 -> near.truncatedTo(ChronoUnit.HOURS).plusSeconds(3600L * random.nextInt(30));
            default -> near.plusSeconds(random.nextInt(200_000));
        };
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
