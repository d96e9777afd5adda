package dev.odometer.metering.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterDraft;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Properties of usage that hold for all events, checked on the oracle with which other logs are compared. */
class UsageLawsTest {

    private static final Instant START = Instant.parse("2025-03-08T00:00:00Z");
    private static final int SECONDS = 3 * 86_400;
    private static final Meter TOKENS = new MeterDraft(
                    "tokens", null, null, null, Aggregation.SUM, "prompt", null, "$.tokens", null)
            .toMeter("01ARZ3NDEKTSV4RRFFQ69G5FAV", START);

    private static UsageLog logOf(List<UsageEvent> events) {
        var log = new InMemoryUsageLog(Clock.fixed(START, ZoneOffset.UTC));
        log.append(events);
        return log;
    }

    private static List<UsageRow> rows(UsageLog log, Range range, @Nullable WindowSize size, ZoneId zone) {
        return log.query(new UsageQuery(TOKENS, range, size, zone, null, null, true, false, List.of(), Map.of()));
    }

    private static BigDecimal sum(UsageLog log, Range range) {
        return rows(log, range, null, ZoneOffset.UTC).stream()
                .map(UsageRow::value)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Property(tries = 200)
    void sumsWindowsToTheTotal(
            @ForAll("events") List<UsageEvent> events, @ForAll WindowSize size, @ForAll("zones") ZoneId zone) {
        UsageLog log = logOf(events);

        BigDecimal windows =
                rows(log, Range.ALL, size, zone).stream().map(UsageRow::value).reduce(BigDecimal.ZERO, BigDecimal::add);

        assertThat(windows).isEqualByComparingTo(sum(log, Range.ALL));
    }

    @Property(tries = 200)
    void sumsPartsOfARangeToTheWhole(@ForAll("events") List<UsageEvent> events, @ForAll("times") Instant middle) {
        UsageLog log = logOf(events);

        BigDecimal halves = sum(log, new Range(null, middle)).add(sum(log, new Range(middle, null)));

        assertThat(halves).isEqualByComparingTo(sum(log, Range.ALL));
    }

    @Property(tries = 200)
    void isIndependentOfOrderDuplicatesAndBatches(
            @ForAll("events") List<UsageEvent> events, @ForAll WindowSize size, @ForAll long seed) {
        var shuffled = new ArrayList<>(events);
        shuffled.addAll(events);
        Collections.shuffle(shuffled, new Random(seed));
        var log = new InMemoryUsageLog(Clock.fixed(START, ZoneOffset.UTC));
        shuffled.forEach(event -> log.append(List.of(event)));

        assertThat(rows(log, Range.ALL, size, ZoneOffset.UTC))
                .isEqualTo(rows(logOf(events), Range.ALL, size, ZoneOffset.UTC));
    }

    @Provide
    Arbitrary<Instant> times() {
        return Arbitraries.integers().between(0, SECONDS).map(START::plusSeconds);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of("UTC", "America/Los_Angeles", "Asia/Kathmandu", "Australia/Lord_Howe")
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<List<UsageEvent>> events() {
        Arbitrary<Object> tokens = Arbitraries.of("0.1", "-3", "1e3", "NaN", "9007199254740993", "12.50");
        Arbitrary<String> subjects = Arbitraries.of("a", "b");
        return Combinators.combine(subjects, times(), tokens)
                .as((subject, time, value) -> new UsageEvent(
                        "1.0",
                        subject + time + value,
                        "chat",
                        "prompt",
                        subject,
                        time,
                        null,
                        null,
                        Map.of("tokens", value)))
                .list()
                .ofMaxSize(30);
    }
}
