package dev.odometer.metering.pricing;

import dev.odometer.functions.refusal.Refusal;

/**
 * A rule that a plan breaks.
 *
 * @param field a JSONPath into the plan, such as {@code $.phases[?(@.key=='pro')].rateCards[?(@.key=='seats')].price}
 * @param critical whether a draft cannot be stored with it; the others only prevent publication
 */
public record PlanIssue(Code code, String field, boolean critical) {

    /** The rules, named as in the wire API. OpenMeter has no names for the rules of prices. */
    public enum Code {
        PLAN_BILLING_CADENCE_INVALID(true, "billing cadence must be one of P1W, P2W, P4W, P1M, P3M, P6M, P12M, P1Y"),
        PLAN_WITH_NO_PHASES(false, "plan must have at least one phase"),
        PLAN_PHASE_DUPLICATED_KEY(true, "duplicated key"),
        PLAN_PHASE_HAS_NO_RATE_CARDS(false, "plan phase must have at least one rate card"),
        PLAN_PHASE_DURATION_LESS_THEN_AN_HOUR(false, "duration must be at least 1 hour"),
        PLAN_HAS_NON_LAST_PHASE_WITH_NO_DURATION(
                false, "duration must be set for plan phase if it is not the last one"),
        PLAN_HAS_LAST_PHASE_WITH_DURATION(false, "duration must not be set for the last plan phase"),
        RATE_CARD_DUPLICATED_KEY(true, "duplicated key"),
        RATE_CARD_BILLING_CADENCE_UNALIGNED(
                false, "billing cadence must be a multiple or a divisor of the plan's billing cadence"),
        RATE_CARD_KEY_FEATURE_KEY_MISMATCH(true, "rate card key must match feature key"),
        RATE_CARD_FEATURE_NOT_FOUND(true, "feature not found"),
        RATE_CARD_FEATURE_ARCHIVED(true, "feature archived"),
        USAGE_BASED_PRICE_WITH_NO_FEATURE(false, "a usage-based price requires a feature"),
        USAGE_BASED_PRICE_WITH_FEATURE_AND_NO_METER(false, "a usage-based price requires a feature with a meter"),
        ENTITLEMENT_TEMPLATE_WITH_NO_FEATURE(false, "an entitlement template requires a feature"),
        ENTITLEMENT_TEMPLATE_WITH_FEATURE_AND_NO_METER(
                false, "a metered entitlement template requires a feature with a meter"),
        ENTITLEMENT_TEMPLATE_ISSUE_AFTER_RESET_REQUIRED(
                false, "a metered entitlement template requires issueAfterReset"),
        ENTITLEMENT_TEMPLATE_INVALID_ISSUE_AFTER_RESET_WITH_PRIORITY(
                false, "issueAfterResetPriority requires issueAfterReset"),
        ENTITLEMENT_TEMPLATE_USAGE_PERIOD_LESS_THEN_AN_HOUR(false, "usage period must be at least 1 hour"),
        ENTITLEMENT_TEMPLATE_NO_USAGE_PERIOD(
                false, "a metered entitlement template without usagePeriod requires a billing cadence"),
        ENTITLEMENT_TEMPLATE_INVALID_JSON_CONFIG(true, "the config of a static entitlement must be JSON"),
        PERCENTAGE_DISCOUNT_INVALID_VALUE(true, "percentage must be between 0 and 100"),
        USAGE_DISCOUNT_WITH_FLAT_PRICE(false, "usage discount is not supported for flat price"),
        PRICE_TIERS_WITHOUT_OPEN_TIER(true, "one tier must have no upToAmount"),
        PRICE_TIERS_WITH_MULTIPLE_OPEN_TIERS(true, "only one tier may have no upToAmount"),
        PRICE_TIERS_DUPLICATED_BOUND(true, "the upToAmount of each tier must be above 0 and differ from the others"),
        PRICE_TIER_WITHOUT_PRICE(true, "a tier must have a flat price or a unit price"),
        PRICE_MINIMUM_ABOVE_MAXIMUM(true, "minimumAmount must not be above maximumAmount"),
        PRICE_PACKAGE_SIZE_INVALID(true, "quantityPerPackage must be above 0"),
        CURRENCY_INVALID(true, "currency must be the code of a currency in use");

        private final boolean critical;
        private final String message;

        Code(boolean critical, String message) {
            this.critical = critical;
            this.message = message;
        }

        /** The name in the wire API. */
        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public String message() {
            return message;
        }

        PlanIssue at(String field) {
            return new PlanIssue(this, field, critical);
        }
    }

    /** The issue in the wire API. */
    public Refusal.Violation violation() {
        return new Refusal.Violation(field, code.wireName(), code.message);
    }
}
