package dev.odometer.metering.subscription;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.pricing.Phase;
import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.pricing.RateCard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the phases of new subscriptions.
 *
 * @param features by key
 * @param ids of phases and items
 */
public record SubscribedPhases(Map<String, Feature> features, Supplier<String> ids) {

    /**
     * The phases of terms without issues, each after those before it.
     *
     * @param startingPhase the key of the first; absent for that of the terms
     * @throws Refusal when the terms have no such phase
     */
    public List<SubscriptionPhase> of(PlanTerms terms, @Nullable String startingPhase) {
        var phases = new ArrayList<SubscriptionPhase>();
        Offset offset = Offset.ZERO;
        for (Phase phase : terms.phases()) {
            if (phases.isEmpty() && startingPhase != null && !startingPhase.equals(phase.key())) {
                continue;
            }
            phases.add(new SubscriptionPhase(
                    ids.get(),
                    phase.label(),
                    offset,
                    phase.rateCards().stream().map(this::item).toList()));
            if (phase.duration() != null) {
                offset = offset.plus(Offset.of(phase.duration()));
            }
        }
        if (phases.isEmpty()) {
            throw Refusal.invalid("startingPhase must be the key of a phase of the plan: "
                    + Refusal.quote(String.valueOf(startingPhase)));
        }
        return phases;
    }

    /** A new item of a rate card without issues. */
    public SubscriptionItem item(RateCard card) {
        Feature feature = card.featureKey() == null ? null : features.get(card.featureKey());
        return new SubscriptionItem(ids.get(), card, feature == null ? null : feature.id(), null, null);
    }
}
