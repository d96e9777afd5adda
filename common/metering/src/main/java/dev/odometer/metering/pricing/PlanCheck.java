package dev.odometer.metering.pricing;

import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.pricing.PlanIssue.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks plans against the rules of publication.
 *
 * @param features by key, archived ones included; see {@link PlanTerms#featureKeys}
 * @param isJson whether a text is JSON
 */
public record PlanCheck(Map<String, Feature> features, Predicate<String> isJson) {

    private static final Set<String> CADENCES = Set.of("P1W", "P2W", "P4W", "P1M", "P3M", "P6M", "P12M", "P1Y");

    public PlanCheck {
        features = Map.copyOf(features);
    }

    /** All rules that the terms break, in the order of the plan. */
    public List<PlanIssue> issues(PlanTerms terms) {
        var issues = new ArrayList<PlanIssue>();
        if (!CADENCES.contains(terms.billingCadence().text())) {
            issues.add(Code.PLAN_BILLING_CADENCE_INVALID.at("$.billingCadence"));
        }
        if (terms.phases().isEmpty()) {
            issues.add(Code.PLAN_WITH_NO_PHASES.at("$.phases"));
        }
        var keys = new HashSet<String>();
        for (int i = 0; i < terms.phases().size(); i++) {
            Phase phase = terms.phases().get(i);
            String place = "$.phases[?(@.key=='" + phase.key() + "')]";
            if (!keys.add(phase.key())) {
                issues.add(Code.PLAN_PHASE_DUPLICATED_KEY.at(place + ".key"));
            }
            addDuration(issues, phase, i == terms.phases().size() - 1, place + ".duration");
            addCards(issues, phase, terms.billingCadence(), place + ".rateCards");
        }
        return issues;
    }

    private static void addDuration(List<PlanIssue> issues, Phase phase, boolean isLast, String place) {
        if (phase.duration() == null) {
            if (!isLast) {
                issues.add(Code.PLAN_HAS_NON_LAST_PHASE_WITH_NO_DURATION.at(place));
            }
            return;
        }
        if (isLast) {
            issues.add(Code.PLAN_HAS_LAST_PHASE_WITH_DURATION.at(place));
        }
        if (phase.duration().isShorterThanAnHour()) {
            issues.add(Code.PLAN_PHASE_DURATION_LESS_THEN_AN_HOUR.at(place));
        }
    }

    private void addCards(List<PlanIssue> issues, Phase phase, CalendarDuration billingCadence, String place) {
        if (phase.rateCards().isEmpty()) {
            issues.add(Code.PLAN_PHASE_HAS_NO_RATE_CARDS.at(place));
        }
        var keys = new HashSet<String>();
        for (RateCard card : phase.rateCards()) {
            String at = place + "[?(@.key=='" + card.key() + "')]";
            if (!keys.add(card.key())) {
                issues.add(Code.RATE_CARD_DUPLICATED_KEY.at(at + ".key"));
            }
            issues.addAll(issues(card, billingCadence, at));
        }
    }

    /** The rules that the rate card breaks, by itself and in a plan of the cadence. */
    public List<PlanIssue> issues(RateCard card, CalendarDuration billingCadence, String place) {
        var issues = new ArrayList<PlanIssue>();
        CalendarDuration cadence = card.billingCadence();
        if (card.pricing() != null && cadence != null && !cadence.isAlignedWith(billingCadence)) {
            issues.add(Code.RATE_CARD_BILLING_CADENCE_UNALIGNED.at(place + ".billingCadence"));
        }
        issues.addAll(issues(card, place));
        return issues;
    }

    /** The rules that the rate card breaks by itself. */
    public List<PlanIssue> issues(RateCard card, String place) {
        var issues = new ArrayList<PlanIssue>();
        addFeature(issues, card, place);
        if (card.pricing() != null) {
            addPrice(issues, card, card.pricing(), place);
        }
        boolean isFlat = card.pricing() == null || !card.pricing().price().isUsageBased();
        PriceCheck.issues(card.discounts(), isFlat).forEach(code -> issues.add(code.at(place + ".discounts")));
        if (card.template() != null) {
            addTemplate(issues, card, card.template(), place);
        }
        return issues;
    }

    private void addFeature(List<PlanIssue> issues, RateCard card, String place) {
        if (card.featureKey() == null) {
            return;
        }
        if (!card.featureKey().equals(card.key())) {
            issues.add(Code.RATE_CARD_KEY_FEATURE_KEY_MISMATCH.at(place + ".key"));
        }
        Feature feature = feature(card);
        if (feature == null) {
            issues.add(Code.RATE_CARD_FEATURE_NOT_FOUND.at(place + ".featureKey"));
        } else if (feature.isArchived()) {
            issues.add(Code.RATE_CARD_FEATURE_ARCHIVED.at(place + ".featureKey"));
        }
    }

    private @Nullable Feature feature(RateCard card) {
        return card.featureKey() == null ? null : features.get(card.featureKey());
    }

    private boolean hasNoMeter(RateCard card) {
        Feature feature = feature(card);
        return feature != null && feature.measure() == null;
    }

    private void addPrice(List<PlanIssue> issues, RateCard card, Pricing pricing, String place) {
        if (pricing.price().isUsageBased()) {
            if (card.featureKey() == null) {
                issues.add(Code.USAGE_BASED_PRICE_WITH_NO_FEATURE.at(place + ".featureKey"));
            } else if (hasNoMeter(card)) {
                issues.add(Code.USAGE_BASED_PRICE_WITH_FEATURE_AND_NO_METER.at(place + ".featureKey"));
            }
        }
        PriceCheck.issues(pricing).forEach(code -> issues.add(code.at(place + ".price")));
    }

    private void addTemplate(List<PlanIssue> issues, RateCard card, EntitlementTemplate template, String place) {
        String at = place + ".entitlementTemplate";
        if (card.featureKey() == null) {
            issues.add(Code.ENTITLEMENT_TEMPLATE_WITH_NO_FEATURE.at(place + ".featureKey"));
        }
        if (template instanceof EntitlementTemplate.Static fixed && !isJson.test(fixed.config())) {
            issues.add(Code.ENTITLEMENT_TEMPLATE_INVALID_JSON_CONFIG.at(at + ".config"));
        }
        if (template instanceof EntitlementTemplate.Metered metered) {
            addMetered(issues, card, metered, at);
        }
    }

    private void addMetered(List<PlanIssue> issues, RateCard card, EntitlementTemplate.Metered metered, String place) {
        if (hasNoMeter(card)) {
            issues.add(Code.ENTITLEMENT_TEMPLATE_WITH_FEATURE_AND_NO_METER.at(place));
        }
        if (metered.issueAfterReset() == null) {
            boolean hasPriority = Objects.requireNonNullElse(metered.issueAfterResetPriority(), 1) != 1;
            Code code = hasPriority
                    ? Code.ENTITLEMENT_TEMPLATE_INVALID_ISSUE_AFTER_RESET_WITH_PRIORITY
                    : Code.ENTITLEMENT_TEMPLATE_ISSUE_AFTER_RESET_REQUIRED;
            issues.add(code.at(place + ".issueAfterReset"));
        }
        if (metered.usagePeriod() == null && card.billingCadence() == null) {
            issues.add(Code.ENTITLEMENT_TEMPLATE_NO_USAGE_PERIOD.at(place + ".usagePeriod"));
        }
        if (metered.usagePeriod() != null && metered.usagePeriod().isShorterThanAnHour()) {
            issues.add(Code.ENTITLEMENT_TEMPLATE_USAGE_PERIOD_LESS_THEN_AN_HOUR.at(place + ".usagePeriod"));
        }
    }
}
