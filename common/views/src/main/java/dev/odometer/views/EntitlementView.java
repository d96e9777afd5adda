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
 * An entitlement in API responses; see {@link Entitlement}. Fields of other types are absent.
 *
 * @param subjectKey the subject in the request, or the customer's first
 * @param activeFrom when it was created, or when its subscription starts it
 * @param activeTo when it was deleted or overridden, or when its subscription ends it
 * @param usagePeriod with the anchor that is valid since the last reset
 * @param currentUsagePeriod the period that contains the current time
 * @param lastReset the start of the current period of a metered entitlement, on schedule or by a manual reset
 * @param annotations the id of the subscription that gives it, if any
 * @param issue the same amount and priority as {@code issueAfterReset} and {@code issueAfterResetPriority}
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
        @Nullable Instant activeTo,
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
        @Nullable Map<String, String> metadata,
        @Nullable Map<String, String> annotations) {

    /** The interval of usage periods, by name where it has one and as an ISO 8601 duration, and their anchor. */
    public record Period(String interval, String intervalISO, Instant anchor) {

        public static Period of(UsagePeriod period) {
            return new Period(period.interval(), period.iso(), period.anchor());
        }
    }

    /** The allowance of each period and its burn-down priority. */
    public record Issue(BigDecimal amount, int priority) {}

    /** @param current absent when the entitlement has no usage periods */
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
                entitlement.activeFrom(),
                entitlement.activeTo(),
                current == null ? null : Period.of(current.periods()),
                current == null ? null : PeriodView.of(current.period()),
                current == null || metered == null ? null : current.period().start(),
                metered == null ? null : metered.measureFrom(),
                metered == null ? null : metered.softLimit(),
                metered == null ? null : metered.unlimited(),
                allowance,
                metered == null || allowance == null ? null : metered.priority(),
                metered == null || allowance == null ? null : new Issue(allowance, metered.priority()),
                metered == null ? null : metered.preserveOverage(),
                terms instanceof Terms.Static fixed ? fixed.config() : null,
                entitlement.metadata().isEmpty() ? null : entitlement.metadata(),
                entitlement.managed() == null
                        ? null
                        : Map.of("subscription.id", entitlement.managed().subscriptionId()));
    }
}
