package dev.odometer.event.functions.invocations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.event.functions.invocations.MeteredInvocations.Origin;
import dev.odometer.functions.invocation.InvocationTotals;
import dev.odometer.functions.invocation.InvocationTotals.Trigger;
import dev.odometer.metering.cost.InvocationMeasure;
import dev.odometer.metering.meter.InMemoryMeters;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.InMemoryUsageLog;
import dev.odometer.metering.usage.UsageEvent;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeteredInvocationsTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final InvocationTotals TOTALS =
            new InvocationTotals("batch/queryUsage/HTTP", NOW, "queryUsage", Trigger.HTTP, 3, 0, 45, 300, 30, 600);

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final InMemoryUsageLog log = new InMemoryUsageLog(clock);
    private final InMemoryMeters meters = new InMemoryMeters();

    private MeteredInvocations invocations(Optional<String> subject) {
        return new MeteredInvocations(log, meters, new Ulid(clock), clock, new Origin("aws-lambda", subject));
    }

    private List<UsageEvent> events() {
        return log.list(new EventSearch(null, null, null, null, null, null, null, null, 100)).stream()
                .map(recorded -> recorded.event())
                .toList();
    }

    @Test
    void recordsTotalsAsAnEventOfTheFunction() {
        invocations(Optional.empty()).append(List.of(TOTALS));

        UsageEvent event = events().get(0);
        assertThat(event.type()).isEqualTo("odometer.invocation");
        assertThat(event.subject()).isEqualTo("queryUsage");
        assertThat(event.time()).isEqualTo(NOW);
        assertThat(event.data())
                .containsEntry("platform", "aws-lambda")
                .containsEntry("trigger", "http")
                .containsEntry("invocations", new BigDecimal(3))
                .containsEntry("milliseconds100", new BigDecimal(300))
                .containsEntry("bytesOut", new BigDecimal(600));
    }

    @Test
    void recordsTotalsOnce() {
        MeteredInvocations invocations = invocations(Optional.empty());
        invocations.append(List.of(TOTALS));
        invocations.append(List.of(TOTALS));

        assertThat(events()).hasSize(1);
    }

    @Test
    void namesTheConfiguredSubject() {
        invocations(Optional.of("billing-team")).append(List.of(TOTALS));

        assertThat(events()).extracting(UsageEvent::subject).containsExactly("billing-team");
    }

    @Test
    void createsTheMissingMetersOnce() {
        invocations(Optional.empty()).append(List.of(TOTALS));
        List<Meter> created = meters.list(true);
        invocations(Optional.empty()).append(List.of(TOTALS));

        assertThat(created).hasSize(InvocationMeasure.values().length);
        assertThat(meters.list(true)).containsExactlyInAnyOrderElementsOf(created);
    }
}
