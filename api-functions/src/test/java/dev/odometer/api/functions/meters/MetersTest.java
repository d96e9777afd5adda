package dev.odometer.api.functions.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.Store;
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

    private final Store store = new Store();
    private final GetMeter getMeter = new GetMeter(store.knownMeters);
    private final UpdateMeter updateMeter = new UpdateMeter(store.meters, store.clock);
    private final DeleteMeter deleteMeter = new DeleteMeter(store.meters, store.clock);

    private MeterView create(String slug) {
        return new CreateMeter(store.meters, store.ids, store.clock)
                .apply(new MeterDraft(slug, null, null, null, Aggregation.COUNT, "call", null, null, null));
    }

    private List<String> list(@Nullable String orderBy, @Nullable String order, @Nullable Boolean deleted) {
        return new ListMeters(store.meters)
                .apply(new ListMeters.Input(null, null, orderBy, order, deleted)).stream()
                        .map(MeterView::slug)
                        .toList();
    }

    private List<String> values(String key, @Nullable Instant from, @Nullable Instant to) {
        return new ListMeterGroupByValues(store.knownMeters, store.log, store.clock)
                .apply(new ListMeterGroupByValues.Input("tokens", key, from, to));
    }

    @Test
    void aNewMeterIsShownWithoutWhatItDoesNotHave() {
        MeterView view = create("calls");

        assertThat(view.name()).isEqualTo("calls");
        assertThat(view.groupBy()).isNull();
        assertThat(view.metadata()).isNull();
        assertThat(view.createdAt()).isEqualTo(Store.NOW);
        assertThat(getMeter.apply(new GetMeter.Input(view.id()))).isEqualTo(view);
        assertThat(getMeter.apply(new GetMeter.Input("calls"))).isEqualTo(view);
    }

    @Test
    void aSlugBelongsToOneLiveMeter() {
        create("calls");

        assertThatThrownBy(() -> create("calls"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.CONFLICT))
                .hasMessage("meter with the same slug already exists");
    }

    @Test
    void aDeletedMeterIsFoundByItsIdAloneAndItsSlugIsFree() {
        MeterView old = create("calls");
        deleteMeter.accept(new DeleteMeter.Input("calls"));

        assertThat(getMeter.apply(new GetMeter.Input(old.id())).deletedAt()).isEqualTo(Store.NOW);
        assertThatThrownBy(() -> getMeter.apply(new GetMeter.Input("calls"))).hasMessage("meter not found: calls");
        assertThat(create("calls").id()).isNotEqualTo(old.id());
    }

    @Test
    void aDeletedMeterIsNeitherChangedNorDeletedAgain() {
        String id = create("calls").id();
        deleteMeter.accept(new DeleteMeter.Input(id));

        assertThatThrownBy(() -> deleteMeter.accept(new DeleteMeter.Input(id))).hasMessage("meter not found: " + id);
        assertThatThrownBy(() -> updateMeter.apply(new UpdateMeter.Input(id, null, null, null, null)))
                .hasMessage("meter not found: " + id);
    }

    @Test
    void namesThatNoStoreCanHoldAreNotFound() {
        assertThatThrownBy(() -> getMeter.apply(new GetMeter.Input("\0")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.NOT_FOUND));
    }

    @Test
    void anUpdateChangesWordsAndGroups() {
        create("calls");

        MeterView view = updateMeter.apply(
                new UpdateMeter.Input("calls", "All calls", "words", Map.of("a", "b"), Map.of("route", "$.route")));

        assertThat(view.name()).isEqualTo("All calls");
        assertThat(view.metadata()).containsEntry("a", "b");
        assertThat(view.groupBy()).containsEntry("route", "$.route");
    }

    @Test
    void listsBySlugUnlessAskedOtherwise() {
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
    void listsTheSubjectsItCounts() {
        store.tokens();
        store.used("b", "2026-01-01T00:00:00Z", 1);
        store.used("a", "2026-02-01T00:00:00Z", 1);
        store.used("skipped", "2026-01-01T00:00:00Z", "NaN");
        var listSubjects = new ListMeterSubjects(store.knownMeters, store.log);
        Instant february = Instant.parse("2026-02-01T00:00:00Z");

        assertThat(listSubjects.apply(new ListMeterSubjects.Input("tokens", null, null)))
                .containsExactly("a", "b");
        assertThat(listSubjects.apply(new ListMeterSubjects.Input("tokens", february, null)))
                .containsExactly("a");
    }

    @Test
    void listsTheValuesOfTheLastDay() {
        store.tokens();
        store.used("acme", Store.NOW.minus(Duration.ofHours(24)).toString(), 1);
        store.prompt("acme", "2026-02-01T00:00:00Z", Map.of("tokens", 1, "model", "old"));

        assertThat(values("model", null, null)).containsExactly("gpt-4");
        assertThat(values("model", Instant.parse("2026-02-01T00:00:00Z"), null)).containsExactly("gpt-4", "old");
    }

    @Test
    void refusesValuesOfLongAgoOrOfTooLong() {
        store.tokens();
        Instant old = Store.NOW.minus(Duration.ofDays(91));

        assertThatThrownBy(() -> values("model", old, null)).hasMessage("from must be within the last 90 days: " + old);
        assertThatThrownBy(() -> values("model", Store.NOW.minus(Duration.ofDays(31)), null))
                .hasMessageStartingWith("from and to must be at most 30 days apart");
        assertThatThrownBy(() -> values("colour", null, null)).hasMessage("invalid group by: colour");
    }

    @Test
    void aDeletedMeterIsNotAskedForValues() {
        Meter meter = store.tokens();
        store.meters.replace(meter.deleted(Store.NOW));
        var input = new ListMeterGroupByValues.Input(meter.id(), "model", null, null);

        assertThatThrownBy(() -> new ListMeterGroupByValues(store.knownMeters, store.log, store.clock).apply(input))
                .hasMessage("meter not found: " + meter.id());
    }
}
