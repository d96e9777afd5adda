package dev.odometer.views;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.entitlement.UsagePeriod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entitlement as answers show it; see {@link Entitlement}. Fields of other types than its own are absent.
 *
 * @param subjectKey the subject that was asked by, or the customer's first
 * @param activeFrom when it was made
 * @param usagePeriod with the anchor that the last reset left
 * @param currentUsagePeriod the period that holds now
 * @param lastReset when that began, by itself or by hand
 * @param issue the same as {@code issueAfterReset} and its priority
 * @param isUnlimited always false
 */
public record EntitlementView(
        String id,
        String type,
        String subjectKey,
        String customerId,
        @Nullable String customerKey,
        String featureId,
        String featureKey,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt,
        Instant activeFrom,
        @Nullable Period usagePeriod,
        @Nullable PeriodView currentUsagePeriod,
        @Nullable Instant lastReset,
        @Nullable Instant measureUsageFrom,
        @Nullable Boolean isSoftLimit,
        @Nullable Boolean isUnlimited,
        @Nullable BigDecimal issueAfterReset,
        @Nullable Integer issueAfterResetPriority,
        @Nullable Issue issue,
        @Nullable Boolean preserveOverageAtReset,
        @Nullable String config,
        @Nullable Map<String, String> metadata) {

    /** How long periods are, by name where it has one and as a duration in ISO 8601, and where they begin. */
    public record Period(String interval, String intervalISO, Instant anchor) {

        private static Period of(UsagePeriod period) {
            return new Period(period.interval(), period.iso(), period.anchor());
        }
    }

    /** What each period begins with, and when it is burnt. */
    public record Issue(BigDecimal amount, int priority) {}

    /** @param current absent when the entitlement is not metered */
    public static EntitlementView of(
            Entitlement entitlement, Customer customer, String subjectKey, @Nullable CurrentPeriod current) {
        Terms terms = entitlement.terms();
        Terms.Metered metered = terms instanceof Terms.Metered some ? some : null;
        BigDecimal allowance = metered == null ? null : metered.allowance();
        return new EntitlementView(
                entitlement.id(),
                terms.type(),
                subjectKey,
                entitlement.customerId(),
                customer.key(),
                entitlement.featureId(),
                entitlement.featureKey(),
                entitlement.createdAt(),
                entitlement.updatedAt(),
                entitlement.deletedAt(),
                entitlement.createdAt(),
                current == null ? null : Period.of(current.periods()),
                current == null ? null : PeriodView.of(current.period()),
                current == null ? null : current.period().start(),
                metered == null ? null : metered.measureFrom(),
                metered == null ? null : metered.soft(),
                metered == null ? null : false,
                allowance,
                metered == null || allowance == null ? null : metered.priority(),
                metered == null || allowance == null ? null : new Issue(allowance, metered.priority()),
                metered == null ? null : metered.preserveOverage(),
                terms instanceof Terms.Static fixed ? fixed.config() : null,
                entitlement.metadata().isEmpty() ? null : entitlement.metadata());
    }
}
