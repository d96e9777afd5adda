package dev.odometer.api.functions.plans;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.pricing.PhaseDraft;
import dev.odometer.api.functions.pricing.TermsCheck;
import dev.odometer.api.functions.pricing.TermsDraft;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.pricing.Label;
import dev.odometer.metering.pricing.Plan;
import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.pricing.Plans;
import dev.odometer.metering.resource.Lifecycle;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates a draft: the first version of a plan, or the next version of its key. A second draft of a key is refused. */
public final class CreatePlan implements Function<CreatePlan.Input, PlanView> {

    private final Plans plans;
    private final TermsCheck check;
    private final Supplier<String> ids;
    private final Clock clock;

    public CreatePlan(Plans plans, TermsCheck check, Supplier<String> ids, Clock clock) {
        this.plans = plans;
        this.check = check;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The plan.
     *
     * @param currency an ISO 4217 code, which updates cannot change
     * @param billingCadence P1W, P2W, P4W, P1M, P3M, P6M, P12M or P1Y
     * @param proRatingConfig prorates prices when absent
     * @param settlementMode credit_then_invoice or credit_only; credit_then_invoice when absent
     * @param phases in their order
     */
    public record Input(
            @Required @Nullable String name,
            @Required @Nullable String key,
            @Nullable String description,
            @Nullable Map<String, String> metadata,
            @Required @Nullable String currency,
            @Required @Nullable String billingCadence,
            TermsDraft.@Nullable ProRating proRatingConfig,
            @Nullable String settlementMode,
            @Required @Nullable List<@Nullable PhaseDraft> phases,
            @Nullable Alignment alignment) {}

    @Override
    public PlanView apply(Input input) {
        var label = new Label(
                Bounds.required("key", input.key),
                Bounds.required("name", input.name),
                input.description,
                Objects.requireNonNullElse(input.metadata, Map.of()));
        PlanTerms terms = new TermsDraft(
                        input.currency, input.billingCadence, input.proRatingConfig, input.settlementMode, input.phases)
                .toTerms();
        check.requireStorable(terms);
        var draft = new Plan(ids.get(), label, 1, terms, null, Lifecycle.created(clock.instant()));
        return new PlanViews(check, clock).of(plans.add(draft));
    }
}
