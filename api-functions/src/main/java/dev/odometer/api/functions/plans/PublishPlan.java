package dev.odometer.api.functions.plans;

import dev.odometer.api.functions.pricing.TermsCheck;
import dev.odometer.metering.pricing.Plan;
import dev.odometer.metering.pricing.Plans;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;

/** Publishes a draft that breaks no rule, and archives the active version of its key in the same transaction. */
public final class PublishPlan implements Function<PublishPlan.Input, PlanView> {

    private final Plans plans;
    private final TermsCheck check;
    private final Clock clock;

    public PublishPlan(Plans plans, TermsCheck check, Clock clock) {
        this.plans = plans;
        this.check = check;
        this.clock = clock;
    }

    /**
     * The plan.
     *
     * @param planId the id of a draft
     */
    public record Input(String planId) {}

    @Override
    public PlanView apply(Input input) {
        Instant now = clock.instant();
        Plan draft = new PlanLookup(plans).live(input.planId);
        draft.requireStatus(Plan.Status.DRAFT, now);
        check.requirePublishable(draft.terms());
        return new PlanViews(check, clock).of(plans.publish(draft, now));
    }
}
