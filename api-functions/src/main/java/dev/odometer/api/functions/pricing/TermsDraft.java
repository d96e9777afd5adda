package dev.odometer.api.functions.pricing;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.Items;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.money.Currencies;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.PlanIssue;
import dev.odometer.metering.pricing.PlanTerms;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a plan, or of a custom plan of a subscription, in requests.
 *
 * @param proRatingConfig prorates prices when absent
 * @param settlementMode credit_then_invoice when absent
 */
public record TermsDraft(
        @Nullable String currency,
        @Nullable String billingCadence,
        @Nullable ProRating proRatingConfig,
        @Nullable String settlementMode,
        @Nullable List<@Nullable PhaseDraft> phases) {

    private static final int MAX_PHASES = 100;
    private static final String PRORATE_PRICES = "prorate_prices";

    /**
     * Whether flat fees are prorated.
     *
     * @param mode prorate_prices
     */
    public record ProRating(
            @Required @Nullable Boolean enabled,
            @Required @Nullable String mode) {

        private boolean isEnabled() {
            Bounds.choice(
                    "proRatingConfig.mode",
                    Bounds.required("proRatingConfig.mode", mode),
                    Map.of(PRORATE_PRICES, PRORATE_PRICES));
            return Bounds.required("proRatingConfig.enabled", enabled);
        }
    }

    /** @throws Refusal when a field is missing or invalid */
    public PlanTerms toTerms() {
        return toTerms(parsed(Bounds.required("currency", currency)));
    }

    /** The terms in a currency that cannot be changed. */
    public PlanTerms toTerms(Currency fixed) {
        return new PlanTerms(
                fixed,
                CalendarDuration.parse("billingCadence", Bounds.required("billingCadence", billingCadence)),
                proRatingConfig == null || proRatingConfig.isEnabled(),
                Objects.requireNonNullElse(settlementMode, PlanTerms.DEFAULT_SETTLEMENT),
                Items.atMost("phases", phases, MAX_PHASES, PhaseDraft::toPhase));
    }

    private static Currency parsed(String code) {
        try {
            return Currencies.parse("currency", code);
        } catch (Refusal unknown) {
            var issue = PlanIssue.Code.CURRENCY_INVALID;
            throw Refusal.invalid(
                    unknown.detail(), List.of(new Refusal.Violation("$.currency", issue.wireName(), issue.message())));
        }
    }
}
