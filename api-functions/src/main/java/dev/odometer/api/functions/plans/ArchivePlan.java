package dev.odometer.api.functions.plans;

import dev.odometer.api.functions.pricing.TermsCheck;
import dev.odometer.metering.pricing.Plans;
import java.time.Clock;
import java.util.function.Function;

/** Archives the active version of a plan: it cannot be subscribed to any more, and existing subscriptions remain. */
public final class ArchivePlan implements Function<ArchivePlan.Input, PlanView> {

    private final Plans plans;
    private final TermsCheck check;
    private final Clock clock;

    public ArchivePlan(Plans plans, TermsCheck check, Clock clock) {
        this.plans = plans;
        this.check = check;
        this.clock = clock;
    }

    /**
     * The plan.
     *
     * @param planId the id of a version
     */
    public record Input(String planId) {}

    @Override
    public PlanView apply(Input input) {
        String id = new PlanLookup(plans).live(input.planId).id();
        return new PlanViews(check, clock).of(plans.archive(id, clock.instant()));
    }
}
