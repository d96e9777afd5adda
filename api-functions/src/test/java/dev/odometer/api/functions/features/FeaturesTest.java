package dev.odometer.api.functions.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.api.functions.features.CreateFeature.Input;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.entitlement.UnitCost;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.resource.Page;
import dev.odometer.views.FeatureView;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeaturesTest {

    private final ApiFixture fixture = new ApiFixture();
    private final GetFeature getFeature = new GetFeature(new FeatureLookup(fixture.features));

    @BeforeEach
    void createMeters() {
        fixture.tokens();
    }

    private FeatureView create(Input input) {
        return new CreateFeature(fixture.features, fixture.meterLookup, fixture.ids, fixture.clock).apply(input);
    }

    private FeatureView create(String key) {
        return create(new Input(key, key, "tokens", null, null, null, null));
    }

    private Object list(
            @Nullable String meter, @Nullable Integer page, @Nullable Integer limit, @Nullable Integer offset) {
        List<@Nullable String> meters = meter == null ? null : List.of(meter);
        return new ListFeatures(fixture.features, fixture.meters)
                .apply(new ListFeatures.Input(meters, null, "key", "DESC", page, null, limit, offset));
    }

    private void archive(String key) {
        new DeleteFeature(fixture.features, fixture.clock).accept(new DeleteFeature.Input(key));
    }

    @Test
    void returnsACreatedFeature() {
        FeatureView view = create(new Input(
                "small_tokens", "Small tokens", "tokens", Map.of("model", "small"), null, Map.of("k", "v"), null));

        assertThat(view.meterSlug()).isEqualTo("tokens");
        assertThat(view.meterGroupByFilters()).isEqualTo(Map.of("model", "small"));
        assertThat(view.advancedMeterGroupByFilters()).isEqualTo(Map.of("model", Map.of("$eq", "small")));
        assertThat(getFeature.apply(new GetFeature.Input("small_tokens"))).isEqualTo(view);
        assertThat(getFeature.apply(new GetFeature.Input(view.id()))).isEqualTo(view);
    }

    @Test
    void returnsFiltersInTheFormOfTheRequest() {
        Map<String, Object> either = Map.of("$or", List.of(Map.of("$eq", "a"), Map.of("$like", "b%")));
        Map<String, @Nullable Object> filters = Map.of("model", either, "kind", Map.of("$in", List.of("x", "y")));

        FeatureView view = create(new Input("f", "F", "tokens", null, filters, null, null));

        assertThat(view.advancedMeterGroupByFilters()).isEqualTo(filters);
        assertThat(view.meterGroupByFilters()).isNull();
    }

    @Test
    void skipsAnyNumberOfFeatures() {
        List.of("a", "b", "c", "d").forEach(this::create);

        assertThat(keys(list(null, null, 2, 1))).containsExactly("c", "b");
        assertThat(new ListFeatures(fixture.features, fixture.meters)
                        .apply(new ListFeatures.Input(null, null, "key", "DESC", null, 2, null, null)))
                .isInstanceOfSatisfying(
                        Page.class, page -> assertThat(keys(page.items())).containsExactly("d", "c"));
    }

    @Test
    void keepsTheUnitCost() {
        var cost = new UnitCost("llm", null, null, "openai", "model", null, null, "output");
        FeatureView view = create(new Input("f", "F", "tokens", null, null, null, cost));

        assertThat(view.unitCost()).isEqualTo(cost);
        assertThat(getFeature.apply(new GetFeature.Input("f"))).isEqualTo(view);
        assertRefused(
                "unitCost names no group-by key of the meter: vendor",
                new Input("g", "G", "tokens", null, null, null, llm("vendor", null)));
        assertRefused(
                "meterSlug is required with a property in unitCost",
                new Input("g", "G", null, null, null, null, llm("model", null)));
    }

    private static UnitCost llm(@Nullable String providerProperty, @Nullable String provider) {
        return new UnitCost("llm", null, providerProperty, provider, null, "gpt", null, "input");
    }

    @Test
    void refusesInvalidUnitCosts() {
        assertThatThrownBy(() -> new UnitCost("free", null, null, null, null, null, null, null))
                .hasMessage("unitCost.type must be manual or llm: free");
        assertThatThrownBy(() -> new UnitCost("manual", null, null, null, null, null, null, null))
                .hasMessage("unitCost.amount is required");
        assertThatThrownBy(() -> new UnitCost("manual", "-1", null, null, null, null, null, null))
                .hasMessage("unitCost.amount must not be negative: -1");
        assertThatThrownBy(() -> new UnitCost("manual", "one", null, null, null, null, null, null))
                .hasMessage("unitCost.amount must be a decimal: one");
        assertThatThrownBy(() -> new UnitCost("manual", "1", null, null, null, "gpt", null, null))
                .hasMessage("unitCost.model is not allowed with this type of unitCost: gpt");
        assertThatThrownBy(() -> llm(null, null)).hasMessage("unitCost requires either provider or providerProperty");
        assertThatThrownBy(() -> llm("model", "openai"))
                .hasMessage("unitCost requires either provider or providerProperty, not both");
        assertThatThrownBy(() -> new UnitCost("llm", null, null, "openai", null, "gpt", null, "image"))
                .hasMessageStartingWith("unitCost.tokenType must be one of input, output");
    }

    @Test
    void aFeatureNeedsNoMeter() {
        FeatureView view = create(new Input("sso", "Single sign-on", null, null, null, null, null));

        assertThat(view.meterSlug()).isNull();
        assertThat(view.advancedMeterGroupByFilters()).isNull();
    }

    @Test
    void refusesInvalidFeatures() {
        fixture.meter(new MeterDraft(
                "mean", null, null, null, Aggregation.AVG, "prompt", null, "$.tokens", Map.of("model", "$.model")));

        assertRefused("key is required", new Input(null, "F", null, null, null, null, null));
        assertRefused("name is required", new Input("f", null, null, null, null, null, null));
        assertRefused("key must be", new Input("F F", "F", null, null, null, null, null));
        assertRefused("meter not found: nothing", new Input("f", "F", "nothing", null, null, null, null));
        assertRefused("mean has AVG", new Input("f", "F", "mean", null, null, null, null));
        assertRefused(
                "invalid group by filter: colour",
                new Input("f", "F", "tokens", Map.of("colour", "x"), null, null, null));
        assertRefused("meterSlug is required", new Input("f", "F", null, Map.of("model", "x"), null, null, null));
        assertRefused(
                "meterGroupByFilters.model is required",
                new Input("f", "F", "tokens", Collections.singletonMap("model", null), null, null, null));
        assertRefused(
                "advancedMeterGroupByFilters.model must be an object",
                new Input("f", "F", "tokens", null, Map.of("model", "x"), null, null));
        assertRefused(
                "cannot be used together",
                new Input("f", "F", "tokens", Map.of("model", "x"), Map.of("kind", Map.of("$eq", "x")), null, null));
    }

    private void assertRefused(String sentence, Input input) {
        assertThatThrownBy(() -> create(input)).isInstanceOf(Refusal.class).hasMessageContaining(sentence);
    }

    @Test
    void anArchivedFeatureIsFoundByIdOnlyAndFreesItsKey() {
        String id = create("f").id();
        assertThatThrownBy(() -> create("f"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.CONFLICT));

        archive("f");

        assertThat(getFeature.apply(new GetFeature.Input(id)).archivedAt()).isEqualTo(ApiFixture.NOW);
        assertThatThrownBy(() -> getFeature.apply(new GetFeature.Input("f"))).hasMessage("feature not found: f");
        assertThatThrownBy(() -> archive(id)).hasMessage("feature not found: " + id);
        assertThat(create("f").id()).isNotEqualTo(id);
    }

    @Test
    void listsAnArrayOrAPage() {
        List.of("a", "b", "c").forEach(this::create);

        assertThat(keys(list(null, null, null, null))).containsExactly("c", "b", "a");
        assertThat(keys(list(null, null, 1, 2))).containsExactly("a");
        assertThat(list(null, 2, null, null)).isEqualTo(new Page<>(3, 2, 100, List.of()));
    }

    @Test
    void listsTheFeaturesOfAMeter() {
        create("a");
        create(new Input("sso", "SSO", null, null, null, null, null));

        assertThat(keys(list("tokens", null, null, null))).containsExactly("a");
        assertThat(keys(list("nothing", null, null, null))).isEmpty();
        assertThat(list("nothing", 1, null, null)).isEqualTo(new Page<>(0, 1, 100, List.of()));
    }

    @Test
    void refusesListsOutOfBounds() {
        assertThatThrownBy(() -> list(null, 0, null, null)).hasMessageStartingWith("page must be 1 to ");
        assertThatThrownBy(() -> list(null, null, 1001, null)).hasMessage("limit must be 1 to 1000: 1001");
        assertThatThrownBy(() -> list(null, null, 2, -1)).hasMessageStartingWith("offset must be 0 to ");
    }

    private static List<String> keys(Object list) {
        return ((List<?>) list)
                .stream().map(FeatureView.class::cast).map(FeatureView::key).toList();
    }
}
