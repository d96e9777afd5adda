package dev.odometer.entitlement;

import dev.odometer.refusal.Refusal;
import dev.odometer.resource.Metadata;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An amount on top of an entitlement's allowance. Burnt by priority, then by expiry, then by creation. Never changed;
 * what is voided ends.
 *
 * @param id a ULID
 * @param amount above 0
 * @param priority 1 to 255, the lowest is burnt first
 * @param effectiveAt from when it counts; by the minute
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

    /** How long a grant lasts from when it counts; in UTC. */
    public record Expiration(Unit unit, int count) {

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
    }

    private static final int LOWEST = 255;

    /** @throws Refusal when a field breaks a rule */
    public Grant {
        if (amount.signum() <= 0) {
            throw Refusal.invalid("amount must be above 0: " + amount.toPlainString());
        }
        checkPriority("priority", priority);
        metadata = Metadata.checked(metadata);
    }

    static void checkPriority(String field, int priority) {
        if (priority < 1 || priority > LOWEST) {
            throw Refusal.invalid(field + " must be 1 to 255: " + priority);
        }
    }
}
