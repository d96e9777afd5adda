package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.event.EventDocuments;
import dev.odometer.door.json.Json;
import dev.odometer.event.functions.imports.ImportSettings;
import dev.odometer.event.functions.imports.ImportSource;
import dev.odometer.event.functions.imports.ImportUsageFile;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.InMemoryFileStore;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.imports.ImportSearch;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.imports.UsageImport;
import dev.odometer.metering.imports.UsageImport.Status;
import dev.odometer.metering.resource.MicrosecondClock;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.PostgresStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Imports into PostgreSQL with failing and concurrent runs: each line is counted once, and the summary is exact. */
class ImportResumeIT {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final FileName FILE = new FileName("inbox", "calls.ndjson");
    private static final int EVENTS = 4500;

    private final InMemoryFileStore files = new InMemoryFileStore();
    private String database = "";
    private PostgresStore store;

    @BeforeEach
    void startEmpty() {
        database = "imports_" + DATABASES.incrementAndGet();
        Map<String, String> settings = Databases.fresh(database);
        var source = new PGSimpleDataSource();
        source.setUrl(settings.get("ODOMETER_DATABASE_URL"));
        source.setUser(settings.get("ODOMETER_DATABASE_USER"));
        source.setPassword(settings.get("ODOMETER_DATABASE_PASSWORD"));
        store = new PostgresStore(source, MicrosecondClock.utc());
        files.put(FILE, content().getBytes(StandardCharsets.UTF_8), null);
    }

    /** One line in ten is a duplicate of the previous one, and one is not an event. */
    private static String content() {
        var lines = new StringBuilder("nonsense\n");
        for (int i = 0; i < EVENTS; i++) {
            lines.append("{\"specversion\":\"1.0\",\"id\":\"e")
                    .append(i % 10 == 9 ? i - 1 : i)
                    .append("\",\"source\":\"s\",\"type\":\"call\",\"subject\":\"acme\","
                            + "\"time\":\"2026-01-01T00:00:00Z\"}\n");
        }
        return lines.toString();
    }

    private void arrive(Imports imports, Clock clock, Deadline deadline) {
        var settings = ImportSettings.from(name -> null);
        var source = new ImportSource(files, new EventDocuments(new Json()), settings, clock);
        new ImportUsageFile(source, imports)
                .accept(new Timed<>(new FileArrival(FILE.container(), FILE.key(), null, null, null), deadline));
    }

    private void arrive() {
        arrive(store.imports(), MicrosecondClock.utc(), Deadline.NONE);
    }

    private UsageImport last() {
        return store.imports()
                .list(new ImportSearch(null, new PageRequest(1, 1)))
                .items()
                .get(0);
    }

    private void assertAllCounted() {
        assertThat(last().status()).isEqualTo(Status.DONE);
        assertThat(last().progress().lines()).isEqualTo(EVENTS + 1);
        assertThat(last().progress().counted()).isEqualTo(EVENTS * 9 / 10);
        assertThat(last().progress().repeated()).isEqualTo(EVENTS / 10);
        assertThat(last().progress().rejected()).isEqualTo(1);
        assertThat(Databases.number(database, "select count(*) from usage_event"))
                .isEqualTo(EVENTS * 9 / 10);
        assertThat(Databases.number(database, "select count(*) from usage_import_rejected"))
                .isZero();
        assertThat(files.text(FILE.with(".rejected.ndjson")).orElseThrow()).hasLineCount(1);
    }

    /** A port that fails at a call, before or after it takes effect. */
    private Imports failingAt(int call, boolean isDone) {
        var calls = new AtomicInteger();
        return (Imports) Proxy.newProxyInstance(
                Imports.class.getClassLoader(), new Class<?>[] {Imports.class}, (proxy, method, arguments) -> {
                    int number = calls.getAndIncrement();
                    if (number > call || (number == call && !isDone)) {
                        throw new IllegalStateException("dead");
                    }
                    try {
                        Object result = method.invoke(store.imports(), arguments);
                        if (number == call) {
                            throw new IllegalStateException("dead");
                        }
                        return result;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getTargetException();
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void resumesAfterAFailureAtAnyCall(int call) {
        assertThatThrownBy(() -> arrive(failingAt(call, false), MicrosecondClock.utc(), Deadline.NONE))
                .hasMessage("dead");
        Clock afterTheLease = Clock.offset(MicrosecondClock.utc(), Duration.ofMinutes(1));
        assertThatThrownBy(() -> arrive(failingAt(call % 2 + 1, true), afterTheLease, Deadline.NONE))
                .hasMessage("dead");

        arrive(store.imports(), Clock.offset(afterTheLease, Duration.ofMinutes(1)), Deadline.NONE);

        assertAllCounted();
    }

    @Test
    void resumesAfterTheDeadlineOfEachBatch() {
        for (int run = 0; run < EVENTS / 1000; run++) {
            assertThatThrownBy(() -> arrive(store.imports(), MicrosecondClock.utc(), Deadline.in(Duration.ZERO)))
                    .isInstanceOf(Refusal.class);
        }

        arrive();

        assertAllCounted();
    }

    @Test
    void countsConcurrentDeliveriesOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Boolean>> deliveries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            deliveries.add(() -> {
                while (true) {
                    try {
                        arrive();
                        return true;
                    } catch (Refusal busy) {
                        assertThat(busy.detail()).contains("another run");
                    }
                }
            });
        }
        for (Future<Boolean> delivery : threads.invokeAll(deliveries)) {
            assertThat(delivery.get()).isTrue();
        }
        threads.shutdown();

        assertAllCounted();
        assertThat(store.imports()
                        .list(new ImportSearch(null, new PageRequest(1, 10)))
                        .totalCount())
                .isEqualTo(1);
    }

    private static UsageEvent event(int number) {
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        return new UsageEvent("1.0", "e" + number, "s", "call", "acme", time, null, null, null);
    }

    @Test
    void countsEventsOnceThatArriveConcurrentlyElsewhere() throws Exception {
        ExecutorService elsewhere = Executors.newSingleThreadExecutor();
        Future<Long> counted = elsewhere.submit(() -> {
            long isNew = 0;
            for (int i = EVENTS - 10; i >= 0; i -= 10) {
                List<UsageEvent> nine = IntStream.range(i, i + 9)
                        .mapToObj(ImportResumeIT::event)
                        .toList();
                isNew += store.usage().append(nine).stream()
                        .filter(Receipt.RECORDED::equals)
                        .count();
            }
            return isNew;
        });

        arrive();

        assertThat(last().progress().counted() + counted.get()).isEqualTo(EVENTS * 9 / 10);
        assertThat(Databases.number(database, "select count(*) from usage_event"))
                .isEqualTo(EVENTS * 9 / 10);
        elsewhere.shutdown();
    }
}
