package dev.odometer.api.functions.plans;

import dev.odometer.metering.pricing.Plans;
import java.time.Clock;
import java.util.function.Consumer;

/** Deletes a draft or an archived version of a plan; it remains readable by id. */
public final class DeletePlan implements Consumer<DeletePlan.Input> {

    private final Plans plans;
    private final Clock clock;

    public DeletePlan(Plans plans, Clock clock) {
        this.plans = plans;
        this.clock = clock;
    }

    /**
     * The plan.
     *
     * @param planId the id of a version
     */
    public record Input(String planId) {}

    @Override
    public void accept(Input input) {
        plans.delete(new PlanLookup(plans).live(input.planId).id(), clock.instant());
    }
}
