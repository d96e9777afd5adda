package dev.odometer.api.functions.info;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.metering.usage.UsageEvent;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GetDebugMetricsTest {

    private final ApiFixture fixture = new ApiFixture();
    private final GetDebugMetrics metrics = new GetDebugMetrics(fixture.log, fixture.clock);

    @Test
    void countsTheEventsOfEachSubjectSinceMidnight() {
        fixture.used("customer-2", "2026-03-01T00:00:00Z", 1);
        fixture.used("customer-1", "2026-03-01T11:00:00Z", 1);
        fixture.used("customer-1", "2026-03-01T11:00:00Z", 100);
        fixture.used("customer-1", "2026-02-28T23:59:59.999999Z", 1);

        assertThat(metrics.get()).isEqualTo("""
                # HELP openmeter_events Number of ingested events
                # TYPE openmeter_events counter
                openmeter_events_total{subject="customer-1"} 2.0
                openmeter_events_total{subject="customer-2"} 1.0
                # EOF
                """);
    }

    @Test
    void escapesLabels() {
        fixture.used("a\"b\\c", "2026-03-01T00:00:00Z", 1);

        assertThat(metrics.get()).contains("openmeter_events_total{subject=\"a\\\"b\\\\c\"} 1.0\n");
    }

    @Test
    void withoutEventsThereAreNoCounters() {
        assertThat(metrics.get()).doesNotContain("_total").endsWith("# EOF\n");
    }

    @Test
    void showsTheSubjectsWithTheMostEvents() {
        UsageEvent[] events = IntStream.rangeClosed(0, GetDebugMetrics.MAX_SUBJECTS)
                .mapToObj(i -> ApiFixture.prompt("e" + i, "s" + i, ApiFixture.NOW, null))
                .toArray(UsageEvent[]::new);
        fixture.append(events);
        fixture.append(ApiFixture.prompt("twice", "s9999", ApiFixture.NOW, null));

        assertThat(metrics.get().lines().filter(line -> line.startsWith("openmeter_events_total{")))
                .hasSize(GetDebugMetrics.MAX_SUBJECTS)
                .first()
                .isEqualTo("openmeter_events_total{subject=\"s9999\"} 2.0");
    }
}
