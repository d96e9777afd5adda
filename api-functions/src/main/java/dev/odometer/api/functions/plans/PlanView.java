package dev.odometer.api.functions.plans;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Phase;
import dev.odometer.metering.pricing.Plan;
import dev.odometer.metering.pricing.PlanIssue;
import dev.odometer.views.RateCardView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A version of a plan in API responses. The validation errors are null when there are none. */
public record PlanView(
        String id,
        String key,
        int version,
        String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        String currency,
        String billingCadence,
        ProRating proRatingConfig,
        String settlementMode,
        List<PhaseView> phases,
        String status,
        @Nullable Instant effectiveFrom,
        @Nullable Instant effectiveTo,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt,
        Optional<List<Refusal.Violation>> validationErrors) {

    /** Whether flat fees are prorated; the mode is prorate_prices. */
    public record ProRating(boolean enabled, String mode) {}

    /** A phase; the duration of the last one is null. */
    public record PhaseView(
            String key,
            String name,
            @Nullable String description,
            @Nullable Map<String, String> metadata,
            Optional<String> duration,
            List<RateCardView> rateCards) {

        static PhaseView of(Phase phase) {
            return new PhaseView(
                    phase.key(),
                    phase.label().name(),
                    phase.label().description(),
                    present(phase.label().metadata()),
                    Optional.ofNullable(phase.duration()).map(CalendarDuration::text),
                    phase.rateCards().stream().map(RateCardView::of).toList());
        }
    }

    /** @param issues the rules that a draft breaks */
    static PlanView of(Plan plan, List<PlanIssue> issues, Instant now) {
        return new PlanView(
                plan.id(),
                plan.key(),
                plan.version(),
                plan.label().name(),
                plan.label().description(),
                present(plan.label().metadata()),
                plan.terms().currency().getCurrencyCode(),
                plan.terms().billingCadence().text(),
                new ProRating(plan.terms().proratesPrices(), "prorate_prices"),
                plan.terms().settlementMode(),
                plan.terms().phases().stream().map(PhaseView::of).toList(),
                plan.status(now).name().toLowerCase(Locale.ROOT),
                plan.effective() == null ? null : plan.effective().from(),
                plan.effective() == null ? null : plan.effective().to(),
                plan.createdAt(),
                plan.updatedAt(),
                plan.deletedAt(),
                Optional.of(issues.stream().map(PlanIssue::violation).toList()).filter(errors -> !errors.isEmpty()));
    }

    private static @Nullable Map<String, String> present(Map<String, String> metadata) {
        return metadata.isEmpty() ? null : metadata;
    }
}
