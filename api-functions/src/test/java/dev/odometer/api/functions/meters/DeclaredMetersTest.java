package dev.odometer.api.functions.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.meter.Meters;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeclaredMetersTest {

    private final ApiFixture fixture = new ApiFixture();

    private void declare(MeterDraft... drafts) {
        var later = Clock.offset(fixture.clock, Duration.ofHours(1));
        new DeclaredMeters(fixture.meters, fixture.ids, later).declare(List.of(drafts));
    }

    private static MeterDraft calls(Aggregation aggregation, @Nullable String description) {
        return new MeterDraft(
                "calls",
                null,
                description,
                null,
                aggregation,
                "call",
                null,
                aggregation.needsValue() ? "$.ms" : null,
                Map.of("route", "$.route"));
    }

    @Test
    void createsMissingMeters() {
        declare(calls(Aggregation.COUNT, null));

        assertThat(fixture.meters.find("calls")).isPresent();
    }

    @Test
    void leavesUnchangedMetersAlone() {
        Meter meter = fixture.meter(calls(Aggregation.COUNT, null));

        declare(calls(Aggregation.COUNT, null));

        assertThat(fixture.meters.find("calls")).contains(meter);
    }

    @Test
    void updatesDescriptiveFieldsAndGroupByKeys() {
        Meter meter = fixture.meter(calls(Aggregation.COUNT, null));

        declare(calls(Aggregation.COUNT, "all calls"));

        Meter updated = fixture.meters.find("calls").orElseThrow();
        assertThat(updated.id()).isEqualTo(meter.id());
        assertThat(updated.description()).isEqualTo("all calls");
        assertThat(updated.updatedAt()).isAfter(meter.updatedAt());
    }

    @Test
    void refusesToChangeImmutableFields() {
        fixture.meter(calls(Aggregation.COUNT, null));

        assertThatThrownBy(() -> declare(calls(Aggregation.SUM, null)))
                .isInstanceOf(Refusal.class)
                .hasMessage("odometer.meters[0]: meter calls exists with aggregation COUNT, which cannot change to SUM;"
                        + " delete it first or declare another slug");
    }

    @Test
    void namesTheInvalidDeclaration() {
        var nameless = new MeterDraft(null, null, null, null, Aggregation.COUNT, "call", null, null, null);

        assertThatThrownBy(() -> declare(calls(Aggregation.COUNT, null), nameless))
                .hasMessage("odometer.meters[1]: slug is required");
        assertThatThrownBy(() -> declare(calls(Aggregation.COUNT, null), calls(Aggregation.COUNT, null)))
                .hasMessage("odometer.meters[1]: slug is declared twice: calls");
    }

    @Test
    void toleratesConcurrentCreationByAnotherNode() {
        var overtaken = new Overtaken(fixture, calls(Aggregation.COUNT, null));

        new DeclaredMeters(overtaken, fixture.ids, fixture.clock).declare(List.of(calls(Aggregation.COUNT, null)));

        assertThat(fixture.meters.list(true)).hasSize(1);
    }

    /** Adds the meter after the lookup, as a concurrent node does. */
    private record Overtaken(ApiFixture fixture, MeterDraft draft) implements Meters {

        @Override
        public Optional<Meter> find(String idOrSlug) {
            return fixture.meters.find(idOrSlug);
        }

        @Override
        public void add(Meter meter) {
            fixture.meter(draft);
            fixture.meters.add(meter);
        }

        @Override
        public List<Meter> list(boolean includeDeleted) {
            return fixture.meters.list(includeDeleted);
        }

        @Override
        public void replace(Meter meter) {
            fixture.meters.replace(meter);
        }
    }
}
