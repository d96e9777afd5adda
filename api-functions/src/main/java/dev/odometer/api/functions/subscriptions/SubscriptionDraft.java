package dev.odometer.api.functions.subscriptions;

import dev.odometer.functions.route.Required;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What new subscriptions have in common, in requests.
 *
 * @param startingPhase the key of the phase to start with; the first when absent
 * @param billingAnchor a start of a billing period
 * @param settlementMode that of the plan when absent
 * @param costBasisMode stored and returned
 */
record SubscriptionDraft(
        @Nullable PlanKey plan,
        @Nullable CustomPlanDraft customPlan,
        @Nullable String startingPhase,
        @Nullable String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        @Nullable Instant billingAnchor,
        @Nullable String settlementMode,
        @Nullable String costBasisMode) {

    /**
     * A plan.
     *
     * @param version the active one when absent
     */
    public record PlanKey(
            @Required @Nullable String key, @Nullable Integer version) {}
}
