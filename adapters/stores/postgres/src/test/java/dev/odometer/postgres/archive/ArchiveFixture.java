package dev.odometer.postgres.archive;

import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.InMemoryFileStore;
import dev.odometer.metering.archive.EventArchive;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.RecordedEvent;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.rollup.Pace;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A store with 50 events of a day in the past, one every 20 minutes, a meter, and an archive in memory. */
abstract class ArchiveFixture {

    static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final Instant DAY = Instant.parse("2026-01-10T00:00:00Z");
    static final Instant LATER = DAY.plus(Duration.ofDays(2));
    static final ArchiveLimits LIMITS = new ArchiveLimits(20, 7, 2, 45);
    static final int EVENTS = 50;

    final InMemoryFileStore files = new InMemoryFileStore();
    final JdbcClient sql = JdbcClient.create(TestDatabase.source());
    PostgresStore store = TestDatabase.emptyStore(CLOCK);
    EventArchive archive = TestDatabase.archive(store, files, LIMITS);

    @BeforeEach
    void counts() {
        store.meters().add(meter("before"));
        store.usage().append(events());
    }

    static Meter meter(String slug) {
        return new Meter(
                "id-" + slug,
                slug,
                slug,
                null,
                Map.of(),
                Aggregation.SUM,
                "call",
                null,
                "$.value",
                Map.of(),
                Lifecycle.created(NOW));
    }

    /** One event every 20 minutes. */
    static List<UsageEvent> events() {
        return IntStream.range(0, EVENTS)
                .mapToObj(i -> event("e-" + i, DAY.plusSeconds(1200L * i + 17), "acme"))
                .toList();
    }

    static UsageEvent event(String id, Instant time, String subject) {
        return new UsageEvent(
                "1.0",
                id,
                "s",
                "call",
                subject,
                time,
                "application/json",
                null,
                Map.of("value", new BigDecimal("1.50")));
    }

    void archiveAll() {
        while (archive.archive(LATER)) {}
    }

    BigDecimal total(PostgresStore from, Meter meter, Range range) {
        return from
                .usage()
                .query(new UsageQuery(
                        meter, range, null, ZoneOffset.UTC, null, null, false, false, List.of(), Map.of()))
                .stream()
                .map(row -> row.value())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    List<FileName> archivedFiles() {
        return sql.sql("select container, key from archive_part order by id")
                .query((row, n) -> new FileName(row.getString(1), row.getString(2)))
                .list();
    }

    byte[] bytes(FileName name) {
        try (FileContent content = files.open(name, null, 0)) {
            return content.stream().readAllBytes();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Stream<String> lines(FileName name) {
        try (var text = new ZstdInputStream(new ByteArrayInputStream(bytes(name)))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    int rows(String table) {
        return sql.sql("select count(*) from " + table).query(Integer.class).single();
    }

    /** The ids of all events, in the table and in the files that the database refers to. */
    List<String> stored() {
        List<String> ids = new ArrayList<>(
                sql.sql("select id from usage_event").query(String.class).list());
        archivedFiles()
                .forEach(name -> lines(name)
                        .forEach(line -> ids.add((String) DataJson.object(line).get("id"))));
        return ids;
    }

    /** All events of the table, as lists return them. */
    List<RecordedEvent> listed() {
        return store.usage().list(new EventSearch(null, null, null, null, null, null, null, null, 1000));
    }

    /** Deletes the files of runs that ended before their commit. */
    void deleteLeftovers() {
        Clock later = Clock.offset(CLOCK, Duration.ofHours(2));
        TestDatabase.archive(TestDatabase.store(later, Pace.DEFAULT), files, LIMITS)
                .archive(LATER);
    }

    static List<String> ids() {
        return events().stream().map(UsageEvent::id).toList();
    }
}
