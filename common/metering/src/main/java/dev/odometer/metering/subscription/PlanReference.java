package dev.odometer.metering.subscription;

import dev.odometer.metering.pricing.Plan;

/** The version of the plan from which a subscription was created. */
public record PlanReference(String id, String key, int version) {

    public static PlanReference of(Plan plan) {
        return new PlanReference(plan.id(), plan.key(), plan.version());
    }
}
