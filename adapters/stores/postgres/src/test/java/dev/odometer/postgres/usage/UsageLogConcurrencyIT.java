package dev.odometer.postgres.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.usage.InMemoryUsageLog;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.WindowSize;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.rollup.Pace;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Eight writers on two stores, each with its own cache of the meters, count the same as a sequential list. */
class UsageLogConcurrencyIT {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC);
    private static final Instant START = Instant.parse("2026-02-27T22:00:00Z");
    private static final int WRITERS = 8;

    @RepeatedTest(5)
    void countsEachEventOnceWhileMetersChange() throws Exception {
        var pace = new Pace(7, 300, 90, 3);
        List<PostgresStore> stores = List.of(TestDatabase.emptyStore(CLOCK, pace), TestDatabase.store(CLOCK, pace));
        List<UsageEvent> events =
                IntStream.range(0, 600).mapToObj(UsageLogConcurrencyIT::event).toList();
        List<Meter> meters = Stream.of(Aggregation.values())
                .map(UsageLogConcurrencyIT::meter)
                .toList();

        List<Callable<Long>> work = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            PostgresStore store = stores.get(writer % 2);
            int seed = writer;
            work.add(() -> appendAll(store, events, seed));
        }
        work.add(() -> addAll(stores.get(0), meters));
        long recorded = inParallel(work);

        var oracle = new InMemoryUsageLog(CLOCK);
        oracle.append(events);
        assertThat(recorded).isEqualTo(events.size());
        for (Meter meter : meters) {
            assertThat(stores.get(1).usage().query(byHour(meter))).isEqualTo(oracle.query(byHour(meter)));
        }
    }

    private static long appendAll(PostgresStore store, List<UsageEvent> events, int seed) {
        var random = new Random(seed);
        var shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);
        long recorded = 0;
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(60));
            recorded += store.usage().append(shuffled.subList(from, to)).stream()
                    .filter(Receipt.RECORDED::equals)
                    .count();
            from = to;
        }
        return recorded;
    }

    private static long addAll(PostgresStore store, List<Meter> meters) {
        meters.forEach(store.meters()::add);
        return 0L;
    }

    private static long inParallel(List<Callable<Long>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            long sum = 0;
            for (Future<Long> done : threads.invokeAll(work)) {
                sum += done.get();
            }
            return sum;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Each number yields the same event, so that it does not matter which writer is first. */
    private static UsageEvent event(int i) {
        return new UsageEvent(
                "1.0",
                "e" + i,
                "s",
                "call",
                "subject-" + i % 7,
                START.plusSeconds(i * 31L),
                null,
                null,
                Map.of("value", BigInteger.valueOf(i), "model", "m" + i % 3));
    }

    private static Meter meter(Aggregation aggregation) {
        return new Meter(
                "id-" + aggregation,
                "slug_" + aggregation.name().toLowerCase(Locale.ROOT).replace("_", ""),
                "m",
                null,
                Map.of(),
                aggregation,
                "call",
                null,
                aggregation.needsValue() ? "$.value" : null,
                Map.of("model", "$.model"),
                Lifecycle.created(START));
    }

    private static UsageQuery byHour(Meter meter) {
        return new UsageQuery(
                meter, Range.ALL, WindowSize.HOUR, ZoneOffset.UTC, null, null, true, false, List.of("model"), Map.of());
    }

    @Test
    void distinguishesKeysWithEqualConcatenation() {
        PostgresStore store = TestDatabase.emptyStore(CLOCK);

        List<Receipt> receipts = store.usage().append(List.of(named("a", "b-c"), named("a-b", "c"), named("a", "b-c")));

        assertThat(receipts).containsExactly(Receipt.RECORDED, Receipt.RECORDED, Receipt.ALREADY_RECORDED);
    }

    private static UsageEvent named(String source, String id) {
        return new UsageEvent("1.0", id, source, "call", "acme", START, null, null, null);
    }

    @Test
    void sumsATenthAMillionTimesExactly() {
        PostgresStore store = TestDatabase.emptyStore(CLOCK);
        Meter sum = meter(Aggregation.SUM);
        store.meters().add(sum);

        for (int batch = 0; batch < 100; batch++) {
            int first = batch * 10_000;
            store.usage()
                    .append(IntStream.range(first, first + 10_000)
                            .mapToObj(i -> new UsageEvent(
                                    "1.0",
                                    "t" + i,
                                    "s",
                                    "call",
                                    "acme",
                                    START,
                                    null,
                                    null,
                                    Map.of("value", new BigDecimal("0.1"))))
                            .toList());
        }

        var total = new UsageQuery(sum, Range.ALL, null, ZoneOffset.UTC, null, null, false, false, List.of(), Map.of());
        assertThat(store.usage().query(total)).extracting("value").containsExactly(new BigDecimal("100000"));
    }

    @Test
    void storesAttributesOfTheMaximumLength() {
        PostgresStore store = TestDatabase.emptyStore(CLOCK);
        store.meters().add(meter(Aggregation.COUNT));
        // Random, since a compressible value would fit into an index entry.
        String longest = new Random(1)
                .ints(256, 0x1_0000, 0x2_0000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        List<Receipt> receipts = store.usage()
                .append(List.of(new UsageEvent(
                        "1.0",
                        longest,
                        longest,
                        "call",
                        longest,
                        START,
                        null,
                        null,
                        Map.of("model", longest.repeat(2)))));

        assertThat(receipts).containsExactly(Receipt.RECORDED);
        assertThat(store.usage().subjects(meter(Aggregation.COUNT), Range.ALL, 10))
                .containsExactly(longest);
    }
}
