package dev.odometer.api.functions.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.RecordedEvent;
import dev.odometer.metering.usage.UsageEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IngestEventsTest {

    private final ApiFixture fixture = new ApiFixture();
    private final IngestEvents ingest = new IngestEvents(fixture.log::append, fixture.clock);

    private List<UsageEvent> recorded() {
        return fixture.log.list(new EventSearch(null, null, null, null, null, null, null, null, 100)).stream()
                .map(RecordedEvent::event)
                .toList();
    }

    @Test
    void anEventWithoutATimeGetsTheCurrentTime() {
        ingest.accept(List.of(ApiFixture.prompt("e-1", "acme", null, null)));

        assertThat(recorded()).extracting(UsageEvent::time).containsExactly(ApiFixture.NOW);
    }

    @Test
    void anEventKeepsItsTime() {
        Instant time = Instant.parse("2020-01-01T00:00:00Z");

        ingest.accept(List.of(ApiFixture.prompt("e-1", "acme", time, null)));

        assertThat(recorded()).extracting(UsageEvent::time).containsExactly(time);
    }

    @Test
    void aDuplicateChangesNothing() {
        ingest.accept(List.of(ApiFixture.prompt("e-1", "acme", null, null)));
        ingest.accept(
                List.of(ApiFixture.prompt("e-1", "other", null, null), ApiFixture.prompt("e-2", "acme", null, null)));

        assertThat(recorded()).extracting(UsageEvent::subject).containsExactly("acme", "acme");
    }

    @Test
    void acceptsAnEmptyList() {
        ingest.accept(List.of());

        assertThat(recorded()).isEmpty();
    }
}
