package dev.odometer.metering.entitlement;

import static dev.odometer.metering.entitlement.Examples.NOW;
import static dev.odometer.metering.entitlement.Examples.feature;
import static dev.odometer.metering.entitlement.Examples.meter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.PageRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Features}; one subclass per store. */
public abstract class FeaturesContract {

    private static final Map<String, TextFilter> GPT =
            Map.of("model", TextFilter.joined(TextFilter.Op.ANY, List.of(TextFilter.in(List.of("gpt", "\"'\\")))));

    private EntitlementStores stores = empty();

    protected abstract EntitlementStores empty();

    @BeforeEach
    void startEmpty() {
        stores = empty();
        stores.meters().add(meter(Aggregation.SUM));
    }

    @Test
    void findsAFeatureByIdOrKey() {
        Feature tokens = feature("tokens", meter(Aggregation.SUM), GPT);
        stores.features().add(tokens);
        stores.features().add(feature("seats"));

        assertThat(stores.features().find("tokens")).contains(tokens);
        assertThat(stores.features().find("f-tokens")).contains(tokens);
        assertThat(stores.features().find("seats")).contains(feature("seats"));
        assertThat(stores.features().find("\0")).isEmpty();
    }

    @Test
    void refusesAKeyInUse() {
        stores.features().add(feature("seats"));
        var other = new Feature("other", "seats", "Other", null, null, Map.of(), Lifecycle.created(NOW));

        assertThatThrownBy(() -> stores.features().add(other)).isInstanceOf(Refusal.class);

        assertThat(stores.features().find("other")).isEmpty();
    }

    @Test
    void releasesTheKeyOfAnArchivedFeature() {
        stores.features().add(feature("seats"));
        stores.features().archive("f-seats", NOW.plusSeconds(5));
        stores.features().add(new Feature("other", "seats", "Other", null, null, Map.of(), Lifecycle.created(NOW)));

        assertThat(stores.features().find("seats")).map(Feature::id).contains("other");
        assertThat(stores.features().find("f-seats")).contains(feature("seats").archived(NOW.plusSeconds(5)));
        assertThatThrownBy(() -> stores.features().archive("f-seats", NOW)).isInstanceOf(Refusal.class);
    }

    @Test
    void findsByKeysTheLiveFeatureOrTheOneArchivedLast() {
        for (String id : List.of("1", "2", "3")) {
            stores.features().add(seats(id));
            stores.features().archive(id, NOW.plusSeconds(Integer.parseInt(id)));
        }
        stores.features().add(feature("gone"));
        stores.features().archive("f-gone", NOW);
        stores.features().add(feature("tokens", meter(Aggregation.SUM), GPT));

        assertThat(ids("seats", "gone", "tokens", "missing", "\0"))
                .isEqualTo(Map.of("seats", "3", "gone", "f-gone", "tokens", "f-tokens"));
        stores.features().add(seats("4"));
        assertThat(ids("seats")).isEqualTo(Map.of("seats", "4"));
        assertThat(ids()).isEmpty();
        assertThat(stores.features().findByIds(List.of("4", "1", "missing", "\0")))
                .extracting(Feature::id)
                .containsExactlyInAnyOrder("1", "4");
    }

    private Map<String, String> ids(String... keys) {
        var ids = new HashMap<String, String>();
        stores.features().findByKeys(List.of(keys)).forEach((key, feature) -> ids.put(key, feature.id()));
        return ids;
    }

    private static Feature seats(String id) {
        return new Feature(id, "seats", "Seats", null, null, Map.of(), Lifecycle.created(NOW));
    }

    @Test
    void refusesAMissingMeterOrGroupByKey() {
        var gone = feature("gone", meter(Aggregation.LATEST), Map.of());
        var lacks = feature("lacks", meter(Aggregation.SUM), Map.of("colour", TextFilter.of(TextFilter.Op.EQ, "red")));

        assertThatThrownBy(() -> stores.features().add(gone)).hasMessageContaining("meter not found");
        assertThatThrownBy(() -> stores.features().add(lacks)).hasMessageContaining("colour");
    }

    @Test
    void keepsTheUnitCost() {
        var manual = new UnitCost("manual", "0.000125", null, null, null, null, null, null);
        var model = new UnitCost("llm", null, null, "openai", "model", null, null, "input");
        Feature fixed = withCost(feature("seats"), manual);
        Feature looked = withCost(feature("tokens", meter(Aggregation.SUM), Map.of()), model);
        stores.features().add(fixed);
        stores.features().add(looked);

        assertThat(stores.features().find("seats")).contains(fixed);
        assertThat(stores.features().find("tokens")).contains(looked);
        var lacks = new UnitCost("llm", null, "vendor", null, null, "gpt", null, "input");
        assertThatThrownBy(() ->
                        stores.features().add(withCost(feature("other", meter(Aggregation.SUM), Map.of()), lacks)))
                .hasMessage("unitCost names no group-by key of the meter: vendor");
    }

    private static Feature withCost(Feature feature, UnitCost cost) {
        return new Feature(
                feature.id(),
                feature.key(),
                feature.name(),
                feature.measure(),
                cost,
                feature.metadata(),
                feature.lifecycle());
    }

    @Test
    void listsPagesInOrder() {
        stores.features().add(feature("b"));
        stores.features().add(feature("c", meter(Aggregation.SUM), Map.of()));
        stores.features().add(feature("a"));
        stores.features().archive("f-a", NOW);

        assertThat(keys(List.of(), false, 1)).containsExactly("c", "b");
        assertThat(keys(List.of(), true, 1)).containsExactly("c", "b");
        assertThat(keys(List.of(), true, 2)).containsExactly("a");
        assertThat(keys(List.of("m-sum"), true, 1)).containsExactly("c");
        assertThat(keys(List.of("\0"), true, 1)).isEmpty();
    }

    @Test
    void filtersByKeyAndName() {
        List.of("tokens", "token_2", "seats").forEach(key -> stores.features().add(feature(key)));
        var all = new FeatureSearch(List.of(), false, FeatureSearch.Order.KEY, false, new PageRequest(1, 9));
        String name = feature("seats").name();

        assertThat(keys(all.matching(TextFilter.containingIgnoringCase("TOKEN"), null)))
                .containsExactly("token_2", "tokens");
        assertThat(keys(all.matching(TextFilter.of(TextFilter.Op.NE, "seats"), TextFilter.of(TextFilter.Op.EQ, name))))
                .doesNotContain("seats");
        assertThat(keys(all.matching(null, TextFilter.of(TextFilter.Op.EQ, "\0"))))
                .isEmpty();
    }

    private List<String> keys(FeatureSearch search) {
        return stores.features().list(search).items().stream().map(Feature::key).toList();
    }

    private List<String> keys(List<String> meters, boolean archived, int page) {
        return stores
                .features()
                .list(new FeatureSearch(meters, archived, FeatureSearch.Order.KEY, true, new PageRequest(page, 2)))
                .items()
                .stream()
                .map(Feature::key)
                .toList();
    }
}
