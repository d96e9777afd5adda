package dev.odometer.event.functions.usage;

import static dev.odometer.metering.usage.Receipt.ALREADY_RECORDED;
import static dev.odometer.metering.usage.Receipt.RECORDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.InMemoryUsageLog;
import dev.odometer.metering.usage.UsageEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordUsageTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final InMemoryUsageLog log = new InMemoryUsageLog(clock);
    private final RecordUsage recordUsage = new RecordUsage(log, clock);

    private static UsageEvent event(String id, @Nullable Instant time) {
        return new UsageEvent("1.0", id, "api", "call", "acme", time, null, null, null);
    }

    private List<Instant> times() {
        return log.list(new EventSearch(null, null, null, null, null, null, null, null, 100)).stream()
                .map(recorded -> recorded.event().happenedAt())
                .toList();
    }

    @Test
    void returnsOneReceiptPerEventInOrder() {
        recordUsage.apply(List.of(event("a", NOW)));

        assertThat(recordUsage.apply(List.of(event("b", NOW), event("a", NOW), event("b", NOW))))
                .containsExactly(RECORDED, ALREADY_RECORDED, ALREADY_RECORDED);
    }

    @Test
    void anEventWithoutATimeKeepsTheTimeOfItsFirstDelivery() {
        recordUsage.apply(List.of(event("a", null)));

        new RecordUsage(log, Clock.offset(clock, Duration.ofHours(1))).apply(List.of(event("a", null)));

        assertThat(times()).containsExactly(NOW);
    }

    @Test
    void acceptsAnEmptyBatch() {
        assertThat(recordUsage.apply(List.of())).isEmpty();
    }
}
