package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.meter.Quantity;
import dev.odometer.metering.resource.Annotations;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Timestamp;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An amount in addition to an entitlement's allowance. Grants burn down by priority, then by expiration, then by
 * creation time. Immutable, except that voiding ends a grant.
 *
 * @param id a ULID
 * @param amount above 0
 * @param priority 1 to 255; the lowest number burns down first
 * @param effectiveAt when it becomes active; truncated to the minute
 * @param expiration absent for a grant that does not expire
 * @param rollover the part that remains after a reset
 * @param recurrence the times at which the remaining amount becomes the full amount again; absent for a grant that is
 *     issued once
 * @param annotations a JSON object; see {@link Annotations}
 */
public record Grant(
        String id,
        String entitlementId,
        BigDecimal amount,
        int priority,
        Instant effectiveAt,
        @Nullable Expiration expiration,
        Rollover rollover,
        @Nullable UsagePeriod recurrence,
        Map<String, String> metadata,
        Map<String, @Nullable Object> annotations,
        Instant createdAt,
        @Nullable Instant voidedAt) {

    /** The annotation that marks the grant of an entitlement's allowance. */
    public static final String ISSUE_AFTER_RESET = "issueAfterReset";

    /**
     * The time from a grant's start to its expiration, in UTC.
     *
     * @param count 1 to 100,000
     */
    public record Expiration(Unit unit, int count) {

        private static final int MAX_COUNT = 100_000;

        /** @throws Refusal when the count is out of range */
        public Expiration {
            if (count < 1 || count > MAX_COUNT) {
                throw Refusal.invalid("expiration.count must be 1 to " + MAX_COUNT + ": " + count);
            }
        }

        /** The expiration of a grant that starts at the time. */
        public Instant after(Instant start) {
            OffsetDateTime from = OffsetDateTime.ofInstant(start, ZoneOffset.UTC);
            OffsetDateTime end = switch (unit) {
                case HOUR -> from.plusHours(count);
                case DAY -> from.plusDays(count);
                case WEEK -> from.plusWeeks(count);
                case MONTH -> from.plusMonths(count);
                case YEAR -> from.plusYears(count);
            };
            return end.toInstant();
        }

        /** The unit of the count. */
        public enum Unit {
            HOUR,
            DAY,
            WEEK,
            MONTH,
            YEAR
        }
    }

    /** The amount that remains after a reset: {@code min(most, max(least, balance))}. With both 0 nothing remains. */
    public record Rollover(BigDecimal min, BigDecimal max) {

        public static final Rollover NONE = new Rollover(BigDecimal.ZERO, BigDecimal.ZERO);

        /** @throws Refusal when a bound is negative, or min is above max */
        public Rollover {
            min = checkAmount("minRolloverAmount", min);
            max = checkAmount("maxRolloverAmount", max);
            if (max.compareTo(min) < 0) {
                throw Refusal.invalid("minRolloverAmount must not be above maxRolloverAmount: " + min + " > " + max);
            }
        }

        BigDecimal of(BigDecimal balance) {
            return max.min(min.max(balance));
        }
    }

    private static final int MAX_PRIORITY = 255;

    /** @throws Refusal when a field is invalid */
    public Grant {
        amount = checkAmount("amount", amount);
        if (amount.signum() == 0) {
            throw Refusal.invalid("amount must be above 0");
        }
        checkPriority("priority", priority);
        effectiveAt = Timestamp.checked("effectiveAt", effectiveAt).truncatedTo(ChronoUnit.MINUTES);
        if (recurrence != null && recurrence.isShorterThanADay()) {
            throw Refusal.invalid("recurrence.interval must be a day or more: " + recurrence.iso());
        }
        metadata = Metadata.checked(metadata);
        annotations = Annotations.checked(annotations);
    }

    /**
     * The allowance of an entitlement as a grant: it has the entitlement's id, starts with its measurement, and a reset
     * restores its amount. It is listed with the grants but not stored as one; empty if there is no allowance.
     */
    public static Optional<Grant> ofAllowance(Entitlement entitlement) {
        if (!(entitlement.terms() instanceof Terms.Metered metered)
                || metered.allowance() == null
                || metered.allowance().signum() == 0) {
            return Optional.empty();
        }
        BigDecimal amount = metered.allowance();
        return Optional.of(new Grant(
                entitlement.id(),
                entitlement.id(),
                amount,
                metered.priority(),
                metered.measureFrom(),
                null,
                new Rollover(amount, amount),
                null,
                Map.of(),
                Map.of(ISSUE_AFTER_RESET, true),
                entitlement.createdAt(),
                null));
    }

    /** The refusal to void the grant of an allowance. */
    public static Refusal notVoidable(String id) {
        return Refusal.conflict("the grant of issueAfterReset cannot be voided; override the entitlement: " + id);
    }

    /** When it was voided, or else created. It may be voided from a time before its creation. */
    public Instant updatedAt() {
        return voidedAt == null || voidedAt.isBefore(createdAt) ? createdAt : voidedAt;
    }

    /**
     * The times at which a grant recurs.
     *
     * @param interval DAY, WEEK, MONTH, YEAR or an ISO 8601 duration of a day or more
     * @param anchor one of the times, in the past or the future; truncated to the minute
     * @throws Refusal when the interval is invalid
     */
    public static UsagePeriod recurrence(String interval, Instant anchor) {
        return UsagePeriod.of("recurrence.interval", interval, anchor);
    }

    /** The expiration, exclusive: the grant is active until just before. */
    public @Nullable Instant expiresAt() {
        return expiration == null ? null : expiration.after(effectiveAt);
    }

    /** The next time it recurs after its start and not before the time, even if it expires earlier. */
    public Optional<Instant> nextRecurrence(Instant time) {
        if (recurrence == null || voidedAt != null) {
            return Optional.empty();
        }
        Window interval = recurrence.containing(effectiveAt.isAfter(time) ? effectiveAt : time);
        boolean isNow = interval.start().equals(time) && effectiveAt.isBefore(time);
        return Optional.of(isNow ? time : interval.end());
    }

    /** Whether some of it may remain after a reset. */
    public boolean rollsOver() {
        return rollover.max().signum() > 0;
    }

    /** Whether it may have an amount in any period from its start to its end, not only in the one in which it starts. */
    boolean outlivesResets() {
        return rollsOver() || recurrence != null;
    }

    /** The grant, voided from that time on. */
    public Grant voided(Instant at) {
        return new Grant(
                id,
                entitlementId,
                amount,
                priority,
                effectiveAt,
                expiration,
                rollover,
                recurrence,
                metadata,
                annotations,
                createdAt,
                at);
    }

    /** Applies the limits of event values, so that amounts and balances can be printed in plain digits. */
    static BigDecimal checkAmount(String field, BigDecimal amount) {
        if (amount.signum() < 0) {
            throw Refusal.invalid(field + " must not be negative: " + Refusal.quote(amount.toString()));
        }
        return Quantity.of(amount)
                .orElseThrow(() -> Refusal.invalid(field + " must be below 1.8e308 and have at most 1000 digits"));
    }

    static void checkPriority(String field, int priority) {
        if (priority < 1 || priority > MAX_PRIORITY) {
            throw Refusal.invalid(field + " must be 1 to 255: " + priority);
        }
    }
}
