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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Replaces a draft, except its key and currency. Fields that the body omits are removed or get their defaults. */
public final class UpdatePlan implements Function<UpdatePlan.Input, PlanView> {

    private final Plans plans;
    private final TermsCheck check;
    private final Clock clock;

    public UpdatePlan(Plans plans, TermsCheck check, Clock clock) {
        this.plans = plans;
        this.check = check;
        this.clock = clock;
    }

    /**
     * The new content; see {@link CreatePlan.Input}.
     *
     * @param planId the id of a draft
     */
    public record Input(
            String planId,
            @Required @Nullable String name,
            @Nullable String description,
            @Nullable Map<String, String> metadata,
            @Required @Nullable String billingCadence,
            TermsDraft.@Nullable ProRating proRatingConfig,
            @Nullable String settlementMode,
            @Required @Nullable List<@Nullable PhaseDraft> phases,
            @Nullable Alignment alignment) {}

    @Override
    public PlanView apply(Input input) {
        Instant now = clock.instant();
        Plan plan = new PlanLookup(plans).live(input.planId);
        plan.requireStatus(Plan.Status.DRAFT, now);
        var label = new Label(
                plan.key(),
                Bounds.required("name", input.name),
                input.description,
                Objects.requireNonNullElse(input.metadata, Map.of()));
        PlanTerms terms = new TermsDraft(
                        null, input.billingCadence, input.proRatingConfig, input.settlementMode, input.phases)
                .toTerms(plan.terms().currency());
        check.requireStorable(terms);
        Plan revised = plan.revised(label, terms, now);
        plans.update(revised);
        return new PlanViews(check, clock).of(revised);
    }
}
