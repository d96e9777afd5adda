package dev.odometer.api.functions.subscriptions;

import dev.odometer.api.functions.plans.Alignment;
import dev.odometer.api.functions.pricing.PhaseDraft;
import dev.odometer.api.functions.pricing.TermsDraft;
import dev.odometer.functions.route.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A custom plan of a subscription, in requests.
 *
 * @param name required; the default name of the subscription
 * @param description the default description of the subscription
 * @param metadata the default metadata of the subscription
 * @param proRatingConfig prorates prices when absent
 * @param settlementMode credit_then_invoice when absent
 */
public record CustomPlanDraft(
        @Required @Nullable String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        @Required @Nullable String currency,
        @Required @Nullable String billingCadence,
        TermsDraft.@Nullable ProRating proRatingConfig,
        @Nullable String settlementMode,
        @Required @Nullable List<@Nullable PhaseDraft> phases,
        @Nullable Alignment alignment) {

    TermsDraft toTerms() {
        return new TermsDraft(currency, billingCadence, proRatingConfig, settlementMode, phases);
    }
}
