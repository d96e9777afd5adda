package dev.odometer.kafka.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.odometer.door.json.Json;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.WindowSize;
import dev.odometer.postgres.PostgresStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Random events, a meter of each aggregation, and all their totals. */
final class Usage {

    static final String TYPE = "call";

    private static final Instant BASE = Instant.parse("2026-11-01T00:00:00Z");
    private static final Json JSON = new Json();
    private static final int SUBJECTS = 5;
    private static final int RECENT_SECONDS = 300;
    private static final int LATE_SECONDS = 30 * 86_400;

    private final Random random;

    Usage(Random random) {
        this.random = random;
    }

    /** The nth event. Its microsecond is its own, so that the latest value does not depend on the order of partitions. */
    UsageEvent event(int n) {
        int second = n % 20 == 0 ? random.nextInt(LATE_SECONDS) : LATE_SECONDS + random.nextInt(RECENT_SECONDS);
        Map<String, Object> data = new TreeMap<>();
        data.put("model", "m" + random.nextInt(3));
        data.put("user", "u" + random.nextInt(50));
        // Some readings are skipped, because the value is missing.
        if (n % 50 != 0) {
            data.put("tokens", new BigDecimal(random.nextInt(1_000_000)).movePointLeft(random.nextInt(7)));
        }
        return new UsageEvent(
                "1.0",
                "e" + n,
                "test",
                n % 30 == 0 ? "other" : TYPE,
                "customer-" + random.nextInt(SUBJECTS),
                BASE.plusSeconds(second).plusNanos(n % 1_000_000 * 1000L),
                "application/json",
                null,
                new TreeMap<>(data));
    }

    static byte[] json(UsageEvent event) {
        return JSON.write(event);
    }

    /** The headers of an event in binary mode, whose value is {@link #data}. */
    static List<Header> headers(UsageEvent event) {
        return List.of(
                new RecordHeader("content-type", "application/json".getBytes(UTF_8)),
                new RecordHeader("ce_specversion", "1.0".getBytes(UTF_8)),
                new RecordHeader("ce_id", event.id().getBytes(UTF_8)),
                new RecordHeader("ce_source", event.source().getBytes(UTF_8)),
                new RecordHeader("ce_type", event.type().getBytes(UTF_8)),
                new RecordHeader("ce_subject", event.subject().getBytes(UTF_8)),
                new RecordHeader("ce_time", event.happenedAt().toString().getBytes(UTF_8)));
    }

    static byte[] data(UsageEvent event) {
        return JSON.write(java.util.Objects.requireNonNull(event.data()));
    }

    /** Adds a meter of each aggregation, grouped by the model. */
    static void addMeters(PostgresStore store) {
        for (Aggregation aggregation : Aggregation.values()) {
            store.meters().add(meter(aggregation));
        }
    }

    static Meter meter(Aggregation aggregation) {
        String value = switch (aggregation) {
            case COUNT -> null;
            case UNIQUE_COUNT -> "$.user";
            case SUM, AVG, MIN, MAX, LATEST -> "$.tokens";
        };
        String slug = aggregation.name().toLowerCase(Locale.ROOT);
        return new MeterDraft(slug, null, null, null, aggregation, TYPE, null, value, Map.of("model", "$.model"))
                .toMeter(slug, BASE);
    }

    /** The number of counted events. */
    static BigDecimal count(PostgresStore store) {
        Meter meter = store.meters().find("count").orElseThrow();
        return store.usage()
                .query(new UsageQuery(
                        meter, Range.ALL, null, ZoneOffset.UTC, null, null, false, false, List.of(), Map.of()))
                .get(0)
                .value();
    }

    /** All totals by minute, subject and group, and in total. */
    static List<String> totals(PostgresStore store) {
        var totals = new ArrayList<String>();
        for (Meter meter : store.meters().list(false)) {
            for (WindowSize size : new WindowSize[] {WindowSize.MINUTE, WindowSize.DAY}) {
                store.usage()
                        .query(new UsageQuery(
                                meter,
                                Range.ALL,
                                size,
                                ZoneOffset.UTC,
                                null,
                                null,
                                true,
                                false,
                                List.of("model"),
                                Map.of()))
                        .forEach(row -> totals.add(meter.slug() + " " + row));
            }
        }
        return totals;
    }
}
