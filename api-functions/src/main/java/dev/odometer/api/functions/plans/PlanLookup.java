package dev.odometer.api.functions.plans;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.pricing.Plan;
import dev.odometer.metering.pricing.Plans;
import dev.odometer.metering.resource.Text;
import java.util.Optional;

/** Finds plan versions for the functions; a missing version is a {@code Refusal}. */
final class PlanLookup {

    private final Plans plans;

    PlanLookup(Plans plans) {
        this.plans = plans;
    }

    /** A version by its id even if it is deleted, or by the key of the plan. */
    Plan any(String idOrKey, Plans.Choice choice) {
        // A text that cannot be stored cannot be searched either.
        return Optional.of(idOrKey)
                .filter(Text::isStorable)
                .flatMap(text -> plans.find(text).or(() -> plans.findByKey(text, choice)))
                .orElseThrow(() -> missing(idOrKey));
    }

    /** A version that is not deleted, by its id. */
    Plan live(String id) {
        return Optional.of(id)
                .filter(Text::isStorable)
                .flatMap(plans::find)
                .filter(plan -> !plan.isDeleted())
                .orElseThrow(() -> missing(id));
    }

    /** The latest version of a plan, by its key or by the id of one of its versions. */
    Plan latest(String idOrKey) {
        Plan plan = any(idOrKey, new Plans.Choice.Latest());
        return plans.findByKey(plan.key(), new Plans.Choice.Latest()).orElseThrow(() -> missing(idOrKey));
    }

    private static Refusal missing(String idOrKey) {
        return Refusal.notFound("plan not found: " + Refusal.quote(idOrKey));
    }
}
