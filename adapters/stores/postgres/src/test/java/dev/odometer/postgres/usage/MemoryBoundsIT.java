package dev.odometer.postgres.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.metering.customer.Subject;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the store reads into memory is bounded in bytes too: values, data and metadata may be long. */
class MemoryBoundsIT {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private PostgresStore store = TestDatabase.emptyStore(CLOCK);

    @BeforeEach
    void startEmpty() {
        store = TestDatabase.emptyStore(CLOCK);
    }

    private static UsageEvent event(String id, Map<String, Object> data) {
        return new UsageEvent("1.0", id, "s", "call", "acme", NOW, null, null, new HashMap<>(data));
    }

    private Meter meter(Map<String, String> groupBy) {
        Meter meter = new MeterDraft("calls", null, null, null, Aggregation.COUNT, "call", null, null, groupBy)
                .toMeter("01K00000000000000000000000", NOW);
        store.meters().add(meter);
        return meter;
    }

    private static EventSearch page(int limit) {
        return new EventSearch(null, null, null, null, null, null, null, null, limit);
    }

    @Test
    void refusesAPageOfEventsWithTooMuchData() {
        String large = "x".repeat(4_000_000);
        for (int i = 0; i < 4; i++) {
            store.usage().append(List.of(event("e" + i, Map.of("text", large))));
        }

        assertThat(store.usage().list(page(3))).hasSize(3);
        assertThatThrownBy(() -> store.usage().list(page(4)))
                .hasMessage("the events of this page have more than 10000000 bytes of data; use a smaller limit");
    }

    @Test
    void refusesAnAnswerWhoseGroupsAreTooLong() {
        Meter meter = meter(Map.of("model", "$.model"));
        for (int i = 0; i < 3; i++) {
            store.usage().append(List.of(event("e" + i, Map.of("model", i + "x".repeat(400)))));
        }
        var byModel = new UsageQuery(
                meter, Range.ALL, null, ZoneOffset.UTC, null, null, false, false, List.of("model"), Map.of());

        assertThat(store.usage().query(byModel, 3)).hasSize(3);
        store.usage().append(List.of(event("long", Map.of("model", "x".repeat(1000)))));
        assertThatThrownBy(() -> store.usage().query(byModel, 4))
                .hasMessageStartingWith("the groups of the answer have too many or too long values");
    }

    @Test
    void refusesSubjectsWithTooMuchMetadata() {
        Map<String, String> metadata = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            metadata.put("key-" + i, "x".repeat(1024));
        }
        List<Subject> subjects = IntStream.range(0, 450)
                .mapToObj(i ->
                        new Subject("id-" + i, "key-" + i, null, metadata, null, null, null, Lifecycle.created(NOW)))
                .toList();
        store.subjects().put(subjects);

        assertThat(store.subjects().list(300, 0)).hasSize(300);
        assertThatThrownBy(() -> store.subjects().list(450, 0))
                .hasMessage("the subjects have too much metadata for one answer; use page and a smaller pageSize");
    }

    /** An event that the meter skips has no series, whether the event or the meter is stored first. */
    @Test
    void storesNoGroupsOfSkippedEvents() {
        String tooLong = "x".repeat(100_000);
        store.usage().append(List.of(event("before", Map.of("model", tooLong)), event("short", Map.of("model", "a"))));

        meter(Map.of("model", "$.model"));
        store.usage().append(List.of(event("after", Map.of("model", tooLong))));

        assertThat(JdbcClient.create(TestDatabase.source())
                        .sql("select groups from series")
                        .query(String.class)
                        .list())
                .containsExactly("[\"a\"]");
    }

    /** More series than are in memory at once. */
    @Test
    void countsABatchOfManySeriesInParts() {
        Meter meter = meter(Map.of("model", "$.model"));
        List<UsageEvent> batch = IntStream.range(0, 12_000)
                .mapToObj(i -> event("e" + i, Map.of("model", i % 11_000)))
                .toList();

        store.usage().append(batch);

        var total = new UsageQuery(
                meter, Range.ALL, null, ZoneOffset.UTC, null, null, false, false, List.of("model"), Map.of());
        assertThat(store.usage().query(total))
                .hasSize(11_000)
                .satisfies(rows -> assertThat(
                                rows.stream().map(row -> row.value()).reduce(BigDecimal.ZERO, BigDecimal::add))
                        .isEqualByComparingTo("12000"));
    }

    @Test
    void aBatchIsBoundedByTheHeap() {
        BatchLimits limits = BatchLimits.ofHeap(4_000_000);

        limits.checkReadings(10_000);
        limits.checkEntries(2000);
        assertThatThrownBy(() -> limits.checkReadings(10_001))
                .hasMessage("the events of the batch are read more than 10000 times by the meters of their types; send"
                        + " fewer events at once");
        assertThatThrownBy(() -> limits.checkEntries(2001))
                .hasMessage("the events of the batch add to more than 2000 combinations of meter, subject, group and"
                        + " minute; send fewer events at once");
    }
}
