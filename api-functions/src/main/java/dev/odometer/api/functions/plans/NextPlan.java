package dev.odometer.api.functions.plans;

import dev.odometer.api.functions.pricing.TermsCheck;
import dev.odometer.metering.pricing.Plan;
import dev.odometer.metering.pricing.Plans;
import dev.odometer.metering.resource.Lifecycle;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Creates a draft of the next version as a copy of the latest one. Issues do not prevent the copy, since they can be
 * corrected in the draft: a feature may have been archived after the latest version was published.
 */
public final class NextPlan implements Function<NextPlan.Input, PlanView> {

    private final Plans plans;
    private final TermsCheck check;
    private final Supplier<String> ids;
    private final Clock clock;

    public NextPlan(Plans plans, TermsCheck check, Supplier<String> ids, Clock clock) {
        this.plans = plans;
        this.check = check;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The plan.
     *
     * @param planIdOrKey its key, or the id of one of its versions
     */
    public record Input(String planIdOrKey) {}

    @Override
    public PlanView apply(Input input) {
        Plan latest = new PlanLookup(plans).latest(input.planIdOrKey);
        var draft = new Plan(ids.get(), latest.label(), 1, latest.terms(), null, Lifecycle.created(clock.instant()));
        return new PlanViews(check, clock).of(plans.add(draft));
    }
}
