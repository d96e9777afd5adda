package dev.odometer.postgres.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.metering.filter.TimeFilter;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.UsageRow;
import dev.odometer.metering.usage.WindowSize;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.delta.DeltaPartition;
import dev.odometer.postgres.rollup.Accumulator;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deltas are applied once, and what needs their events is refused. */
class DeltaWriterIT {

    private static final DeltaPartition PARTITION = new DeltaPartition("topic", 0);
    private static final Instant MINUTE = Instant.parse("2026-11-01T12:07:00Z");

    private final PostgresStore store = TestDatabase.emptyStore(Clock.systemUTC());
    private final Meter tokens = new MeterDraft(
                    "tokens", null, null, null, Aggregation.SUM, "call", null, "$.tokens", Map.of("model", "$.model"))
            .toMeter("tokens", MINUTE);

    @BeforeEach
    void addMeter() {
        store.meters().add(tokens);
    }

    private long rollup() {
        return store.deltas().meters().current().of("call").get(0).rollup();
    }

    private Delta delta(long rollup, long offset) {
        long at = MINUTE.getEpochSecond() * 1_000_000;
        var total = new Accumulator.Total(2, new BigDecimal("0.25"), at, at + 1, offset);
        return new Delta(PARTITION, offset, rollup, "acme", List.of("m"), MINUTE.getEpochSecond(), total, null);
    }

    private int apply(long rollup, long... offsets) {
        var deltas = new ArrayList<Delta>();
        for (long offset : offsets) {
            deltas.add(delta(rollup, offset));
        }
        var next = new TreeMap<>(Map.of(PARTITION, offsets[offsets.length - 1] + 1));
        return store.deltas().apply(deltas, next);
    }

    private List<UsageRow> rows(Range range, @Nullable WindowSize size) {
        return store.usage()
                .query(new UsageQuery(
                        tokens, range, size, ZoneOffset.UTC, null, null, true, false, List.of(), Map.of()));
    }

    private BigDecimal sum() {
        return rows(Range.ALL, WindowSize.MINUTE).stream()
                .map(UsageRow::value)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void addsDeltasToTheRollups() {
        assertThat(apply(rollup(), 3, 4)).isEqualTo(2);
        assertThat(sum()).isEqualByComparingTo("0.5");
        assertThat(store.deltas().position(PARTITION)).hasValue(5);
    }

    @Test
    void addsARepeatedDeltaOnce() {
        apply(rollup(), 3, 4);

        assertThat(apply(rollup(), 3, 4)).isZero();
        assertThat(apply(rollup(), 4, 5)).isEqualTo(1);
        assertThat(sum()).isEqualByComparingTo("0.75");
    }

    @Test
    void addsOnceWhatTwoWritersApplyAtTheSameTime() throws Exception {
        long rollup = rollup();
        var executor = Executors.newFixedThreadPool(2);
        Callable<Integer> work = () -> {
            int applied = 0;
            for (int offset = 0; offset < 50; offset++) {
                applied += apply(rollup, offset);
            }
            return applied;
        };
        int applied = 0;
        for (Future<Integer> one : executor.invokeAll(List.of(work, work))) {
            applied += one.get();
        }
        executor.shutdown();

        assertThat(applied).isEqualTo(50);
        assertThat(sum()).isEqualByComparingTo("12.5");
    }

    @Test
    void dropsTheDeltasOfADeletedMeter() {
        long rollup = rollup();
        store.meters().replace(tokens.deleted(MINUTE));

        assertThat(apply(rollup, 3)).isEqualTo(1);
        assertThat(store.deltas().position(PARTITION)).hasValue(4);
    }

    @Test
    void refusesARangeThatBeginsInsideAMinute() {
        apply(rollup(), 3);
        var inside = new Range(MINUTE.plusSeconds(30), MINUTE.plus(Duration.ofHours(1)));

        assertThatThrownBy(() -> rows(inside, null)).hasMessageContaining("whole minutes");
    }

    @Test
    void readsARangeInsideAMinuteWithoutDeltas() {
        apply(rollup(), 3);
        var before = new Range(MINUTE.minus(Duration.ofHours(2)).plusSeconds(30), MINUTE.minus(Duration.ofHours(1)));

        assertThat(rows(before, null)).isEmpty();
    }

    private List<?> list(@Nullable TimeFilter time) {
        return store.usage().list(new EventSearch(null, null, null, null, null, time, null, null, 10));
    }

    @Test
    void refusesToListEventsThatItDoesNotHave() {
        apply(rollup(), 3);

        assertThatThrownBy(() -> list(null)).hasMessageContaining("Kafka Streams");
        assertThatThrownBy(() -> list(TimeFilter.of(TimeFilter.Op.GTE, MINUTE))).hasMessageContaining("Kafka Streams");
        assertThat(list(TimeFilter.of(TimeFilter.Op.LT, MINUTE.minusSeconds(1))))
                .isEmpty();
    }

    @Test
    void refusesToRegroupAMeterWithoutItsEvents() {
        apply(rollup(), 3);
        var change = new dev.odometer.metering.meter.MeterChange("tokens", null, null, Map.of());

        assertThatThrownBy(() -> store.meters().replace(tokens.changed(change, MINUTE)))
                .hasMessageContaining("groupBy");
    }
}
