package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.meter.Quantity;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Timestamp;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An amount on top of an entitlement's allowance. Burnt by priority, then by expiry, then by creation. Never changed;
 * what is voided ends.
 *
 * @param id a ULID
 * @param amount above 0
 * @param priority 1 to 255, the lowest is burnt first
 * @param effectiveAt from when it counts; cut to the minute
 * @param expiration absent for one that does not expire
 * @param rollover what is left of it after a reset
 */
public record Grant(
        String id,
        String entitlementId,
        BigDecimal amount,
        int priority,
        Instant effectiveAt,
        @Nullable Expiration expiration,
        Rollover rollover,
        Map<String, String> metadata,
        Instant createdAt,
        @Nullable Instant voidedAt) {

    /**
     * How long a grant lasts from when it counts; in UTC.
     *
     * @param count 1 to 100,000
     */
    public record Expiration(Unit unit, int count) {

        private static final int MOST = 100_000;

        /** @throws Refusal when the count is out of its range */
        public Expiration {
            if (count < 1 || count > MOST) {
                throw Refusal.invalid("expiration.count must be 1 to " + MOST + ": " + count);
            }
        }

        Instant after(Instant start) {
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

        /** What is counted. */
        public enum Unit {
            HOUR,
            DAY,
            WEEK,
            MONTH,
            YEAR
        }
    }

    /** What is left after a reset: {@code min(most, max(least, balance))}. Both 0: nothing. */
    public record Rollover(BigDecimal least, BigDecimal most) {

        public static final Rollover NONE = new Rollover(BigDecimal.ZERO, BigDecimal.ZERO);

        /** @throws Refusal when the bounds are negative or upside down */
        public Rollover {
            least = checkAmount("minRolloverAmount", least);
            most = checkAmount("maxRolloverAmount", most);
            if (most.compareTo(least) < 0) {
                throw Refusal.invalid("minRolloverAmount must not be above maxRolloverAmount: " + least + " > " + most);
            }
        }

        BigDecimal of(BigDecimal balance) {
            return most.min(least.max(balance));
        }
    }

    private static final int LOWEST = 255;

    /** @throws Refusal when a field breaks a rule */
    public Grant {
        amount = checkAmount("amount", amount);
        if (amount.signum() == 0) {
            throw Refusal.invalid("amount must be above 0");
        }
        checkPriority("priority", priority);
        effectiveAt = Timestamp.checked("effectiveAt", effectiveAt).truncatedTo(ChronoUnit.MINUTES);
        metadata = Metadata.checked(metadata);
    }

    /** When it ends by itself: it counts until just before. */
    public @Nullable Instant expiresAt() {
        return expiration == null ? null : expiration.after(effectiveAt);
    }

    /** Whether anything of it can outlast a period. */
    public boolean rollsOver() {
        return rollover.most().signum() > 0;
    }

    /** The same grant, void from then on. */
    public Grant voided(Instant at) {
        return new Grant(
                id, entitlementId, amount, priority, effectiveAt, expiration, rollover, metadata, createdAt, at);
    }

    /** Of a size that events may have too; a larger one could not be written down in plain digits. */
    static BigDecimal checkAmount(String field, BigDecimal amount) {
        if (amount.signum() < 0) {
            throw Refusal.invalid(field + " must not be negative: " + Refusal.quote(amount.toString()));
        }
        return Quantity.of(amount)
                .orElseThrow(() -> Refusal.invalid(field + " must be below 1.8e308 and have at most 1000 digits"));
    }

    static void checkPriority(String field, int priority) {
        if (priority < 1 || priority > LOWEST) {
            throw Refusal.invalid(field + " must be 1 to 255: " + priority);
        }
    }
}
