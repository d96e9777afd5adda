package dev.odometer.api.functions.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.api.functions.pricing.PhaseDraft;
import dev.odometer.api.functions.pricing.PriceDraft;
import dev.odometer.api.functions.pricing.RateCardDraft;
import dev.odometer.api.functions.pricing.TermsCheck;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.pricing.InMemoryPlans;
import dev.odometer.metering.pricing.Plans;
import dev.odometer.metering.resource.Lifecycle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans whose features change; docs/examples/plans.json holds the other cases. */
class PlansTest {

    private final ApiFixture fixture = new ApiFixture();
    private final Plans plans = new InMemoryPlans();
    private final TermsCheck check = new TermsCheck(fixture.features, () -> {
        throw new AssertionError("no template has a configuration");
    });

    @BeforeEach
    void addFeature() {
        addFeature("f1");
    }

    private void addFeature(String id) {
        fixture.features.add(
                new Feature(id, "seats", "Seats", null, null, Map.of(), Lifecycle.created(fixture.clock.instant())));
    }

    private PlanView create(String key) {
        var price = new PriceDraft("flat", "5", null, null, null, null, null, null, null);
        var seats = new RateCardDraft(
                "flat_fee",
                "seats",
                "Seats",
                null,
                null,
                "seats",
                null,
                null,
                Optional.of("P1M"),
                Optional.of(price),
                null);
        var main = new PhaseDraft("main", "Main", null, null, Optional.empty(), List.of(seats));
        return new CreatePlan(plans, check, fixture.ids, fixture.clock)
                .apply(new CreatePlan.Input("Pro", key, null, null, "USD", "P1M", null, null, List.of(main), null));
    }

    private PlanView publish(String id) {
        return new PublishPlan(plans, check, fixture.clock).apply(new PublishPlan.Input(id));
    }

    private PlanView get(String id) {
        return new GetPlan(plans, check, fixture.clock).apply(new GetPlan.Input(id, null));
    }

    private PlanView next(String idOrKey) {
        return new NextPlan(plans, check, fixture.ids, fixture.clock).apply(new NextPlan.Input(idOrKey));
    }

    private static List<String> codes(PlanView view) {
        return view.validationErrors().orElse(List.of()).stream()
                .map(Refusal.Violation::code)
                .toList();
    }

    @Test
    void aDraftShowsThatItsFeatureIsArchivedUntilThereIsANewOne() {
        PlanView draft = create("pro");
        fixture.features.archive("f1", fixture.clock.instant());

        assertThat(codes(get(draft.id()))).containsExactly("rate_card_feature_archived");
        assertThatThrownBy(() -> publish(draft.id())).hasMessageEndingWith("feature archived");
        addFeature("f2");
        assertThat(get(draft.id()).validationErrors()).isEmpty();
        assertThat(publish(draft.id()).status()).isEqualTo("active");
    }

    @Test
    void aPublishedVersionHasNoValidationErrorsThoughItsFeatureIsArchived() {
        PlanView active = publish(create("pro").id());
        fixture.features.archive("f1", fixture.clock.instant());

        assertThat(get("pro")).isEqualTo(active);
    }

    @Test
    void theNextVersionIsCopiedThoughItsFeatureIsArchived() {
        PlanView active = publish(create("pro").id());
        fixture.features.archive("f1", fixture.clock.instant());

        PlanView draft = next(active.id());

        assertThat(draft.version()).isEqualTo(2);
        assertThat(draft.phases()).isEqualTo(active.phases());
        assertThat(codes(draft)).containsExactly("rate_card_feature_archived");
    }

    @Test
    void thereIsNoNextVersionOfAPlanWhoseVersionsAreDeleted() {
        PlanView draft = create("pro");
        new DeletePlan(plans, fixture.clock).accept(new DeletePlan.Input(draft.id()));

        assertThatThrownBy(() -> next(draft.id())).hasMessage("plan not found: " + draft.id());
        assertThatThrownBy(() -> next("pro")).hasMessage("plan not found: pro");
        assertThat(get(draft.id()).deletedAt()).isNotNull();
    }

    @Test
    void aTextThatCannotBeStoredIsNotFound() {
        for (String id : List.of("\0", "\ud800", "")) {
            assertThatThrownBy(() -> get(id)).isInstanceOf(Refusal.class).hasMessageStartingWith("plan not found: ");
            assertThatThrownBy(() -> publish(id)).isInstanceOf(Refusal.class);
        }
    }

    @Test
    void filtersOfAListAreBounded() {
        List<@Nullable Integer> many =
                new java.util.ArrayList<>(IntStream.rangeClosed(1, 101).boxed().toList());

        assertThatThrownBy(() -> list(Map.of("pro", many), null))
                .hasMessage("keyVersion must have at most 100 versions: 101");
        assertThatThrownBy(() -> list(Map.of("pro", List.of(0)), null))
                .hasMessage("keyVersion[pro] must be 1 to 2147483647: 0");
        assertThatThrownBy(() -> list(Map.of(), "deleted")).hasMessageStartingWith("status must be one of active, ");
        assertThat(list(Map.of("pro", List.of(1)), "draft")).isEmpty();
    }

    private List<PlanView> list(Map<String, List<@Nullable Integer>> versions, @Nullable String status) {
        return new ListPlans(plans, check, fixture.clock)
                .apply(new ListPlans.Input(
                        null,
                        null,
                        null,
                        new HashMap<>(versions),
                        status == null ? null : List.of(status),
                        null,
                        null,
                        null,
                        null,
                        null))
                .items();
    }
}
