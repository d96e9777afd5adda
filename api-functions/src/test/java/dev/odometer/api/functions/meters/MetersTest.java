package dev.odometer.api.functions.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetersTest {

    private final ApiFixture fixture = new ApiFixture();
    private final GetMeter getMeter = new GetMeter(fixture.meterLookup);
    private final UpdateMeter updateMeter = new UpdateMeter(fixture.meters, fixture.clock);
    private final DeleteMeter deleteMeter = new DeleteMeter(fixture.meters, fixture.clock);

    private MeterView create(String slug) {
        return new CreateMeter(fixture.meters, fixture.ids, fixture.clock)
                .apply(new MeterDraft(slug, null, null, null, Aggregation.COUNT, "call", null, null, null));
    }

    private List<String> list(@Nullable String orderBy, @Nullable String order, @Nullable Boolean deleted) {
        return new ListMeters(fixture.meters)
                .apply(new ListMeters.Input(null, null, orderBy, order, deleted)).stream()
                        .map(MeterView::slug)
                        .toList();
    }

    private List<String> values(String key, @Nullable Instant from, @Nullable Instant to) {
        return new ListMeterGroupByValues(fixture.meterLookup, fixture.log, fixture.clock, ApiFixture.MAX_ROWS)
                .apply(new ListMeterGroupByValues.Input("tokens", key, from, to));
    }

    @Test
    void returnsACreatedMeterWithoutAbsentFields() {
        MeterView view = create("calls");

        assertThat(view.name()).isEqualTo("calls");
        assertThat(view.groupBy()).isNull();
        assertThat(view.metadata()).isNull();
        assertThat(view.createdAt()).isEqualTo(ApiFixture.NOW);
        assertThat(getMeter.apply(new GetMeter.Input(view.id()))).isEqualTo(view);
        assertThat(getMeter.apply(new GetMeter.Input("calls"))).isEqualTo(view);
    }

    @Test
    void refusesASlugOfAnotherLiveMeter() {
        create("calls");

        assertThatThrownBy(() -> create("calls"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.CONFLICT))
                .hasMessage("meter with the same slug already exists");
    }

    @Test
    void aDeletedMeterIsFoundByIdOnlyAndFreesItsSlug() {
        MeterView old = create("calls");
        deleteMeter.accept(new DeleteMeter.Input("calls"));

        assertThat(getMeter.apply(new GetMeter.Input(old.id())).deletedAt()).isEqualTo(ApiFixture.NOW);
        assertThatThrownBy(() -> getMeter.apply(new GetMeter.Input("calls"))).hasMessage("meter not found: calls");
        assertThat(create("calls").id()).isNotEqualTo(old.id());
    }

    @Test
    void aDeletedMeterCannotBeUpdatedOrDeleted() {
        String id = create("calls").id();
        deleteMeter.accept(new DeleteMeter.Input(id));

        assertThatThrownBy(() -> deleteMeter.accept(new DeleteMeter.Input(id))).hasMessage("meter not found: " + id);
        assertThatThrownBy(() -> updateMeter.apply(new UpdateMeter.Input(id, null, null, null, null)))
                .hasMessage("meter not found: " + id);
    }

    @Test
    void namesThatCannotBeStoredAreNotFound() {
        assertThatThrownBy(() -> getMeter.apply(new GetMeter.Input("\0")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.NOT_FOUND));
    }

    @Test
    void anUpdateChangesDescriptiveFieldsAndGroupByKeys() {
        create("calls");

        MeterView view = updateMeter.apply(
                new UpdateMeter.Input("calls", "All calls", "words", Map.of("a", "b"), Map.of("route", "$.route")));

        assertThat(view.name()).isEqualTo("All calls");
        assertThat(view.metadata()).containsEntry("a", "b");
        assertThat(view.groupBy()).containsEntry("route", "$.route");
    }

    @Test
    void listsBySlugByDefault() {
        create("b");
        create("a");
        deleteMeter.accept(new DeleteMeter.Input("b"));
        create("c");

        assertThat(list(null, null, null)).containsExactly("a", "c");
        assertThat(list("name", "DESC", true)).containsExactly("c", "b", "a");
        assertThatThrownBy(() -> list("colour", null, null))
                .hasMessage("orderBy must be one of aggregation, createdAt, key, name, updatedAt: colour");
        assertThatThrownBy(() -> list(null, "UP", null)).hasMessage("order must be one of ASC, DESC: UP");
    }

    @Test
    void listsSubjectsWithUsage() {
        fixture.tokens();
        fixture.used("b", "2026-01-01T00:00:00Z", 1);
        fixture.used("a", "2026-02-01T00:00:00Z", 1);
        fixture.used("skipped", "2026-01-01T00:00:00Z", "NaN");
        var listSubjects = new ListMeterSubjects(fixture.meterLookup, fixture.log, ApiFixture.MAX_ROWS);
        Instant february = Instant.parse("2026-02-01T00:00:00Z");

        assertThat(listSubjects.apply(new ListMeterSubjects.Input("tokens", null, null)))
                .containsExactly("a", "b");
        assertThat(listSubjects.apply(new ListMeterSubjects.Input("tokens", february, null)))
                .containsExactly("a");
    }

    @Test
    void listsTheRequestedPage() {
        for (String slug : List.of("c", "a", "b")) {
            fixture.meter(new MeterDraft(slug, null, null, null, Aggregation.COUNT, "prompt", null, null, Map.of()));
        }

        assertThat(slugs(null, null)).containsExactly("a", "b", "c");
        assertThat(slugs(2, 2)).containsExactly("c");
        assertThat(slugs(null, 1)).containsExactly("a");
    }

    private List<String> slugs(@Nullable Integer page, @Nullable Integer pageSize) {
        return new ListMeters(fixture.meters)
                .apply(new ListMeters.Input(page, pageSize, null, null, null)).stream()
                        .map(MeterView::slug)
                        .toList();
    }

    @Test
    void listsGroupByValuesOfTheLastDay() {
        fixture.tokens();
        fixture.used("acme", ApiFixture.NOW.minus(Duration.ofHours(24)).toString(), 1);
        fixture.prompt("acme", "2026-02-01T00:00:00Z", Map.of("tokens", 1, "model", "old"));

        assertThat(values("model", null, null)).containsExactly("gpt-4");
        assertThat(values("model", Instant.parse("2026-02-01T00:00:00Z"), null)).containsExactly("gpt-4", "old");
    }

    @Test
    void refusesRangesThatAreTooOldOrTooLong() {
        fixture.tokens();
        Instant old = ApiFixture.NOW.minus(Duration.ofDays(91));

        assertThatThrownBy(() -> values("model", old, null)).hasMessage("from must be within the last 90 days: " + old);
        assertThatThrownBy(() -> values("model", ApiFixture.NOW.minus(Duration.ofDays(31)), null))
                .hasMessageStartingWith("from and to must be at most 30 days apart");
        assertThatThrownBy(() -> values("colour", null, null)).hasMessage("invalid group by: colour");
    }

    @Test
    void refusesGroupByValuesOfADeletedMeter() {
        Meter meter = fixture.tokens();
        fixture.meters.replace(meter.deleted(ApiFixture.NOW));
        var input = new ListMeterGroupByValues.Input(meter.id(), "model", null, null);

        assertThatThrownBy(() -> new ListMeterGroupByValues(
                                fixture.meterLookup, fixture.log, fixture.clock, ApiFixture.MAX_ROWS)
                        .apply(input))
                .hasMessage("meter not found: " + meter.id());
    }
}
