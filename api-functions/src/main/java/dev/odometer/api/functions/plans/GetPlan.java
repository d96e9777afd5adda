package dev.odometer.api.functions.plans;

import dev.odometer.api.functions.pricing.TermsCheck;
import dev.odometer.metering.pricing.Plans;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Returns a version of a plan: by its id even if it is deleted, or the active one by key. */
public final class GetPlan implements Function<GetPlan.Input, PlanView> {

    private final Plans plans;
    private final TermsCheck check;
    private final Clock clock;

    public GetPlan(Plans plans, TermsCheck check, Clock clock) {
        this.plans = plans;
        this.check = check;
        this.clock = clock;
    }

    /**
     * The plan.
     *
     * @param planId the id of a version, or the key of the plan
     * @param includeLatest with a key: the version with the highest number, even if it is a draft
     */
    public record Input(String planId, @Nullable Boolean includeLatest) {}

    @Override
    public PlanView apply(Input input) {
        Plans.Choice choice = Boolean.TRUE.equals(input.includeLatest)
                ? new Plans.Choice.Latest()
                : new Plans.Choice.Active(clock.instant());
        return new PlanViews(check, clock).of(new PlanLookup(plans).any(input.planId, choice));
    }
}
