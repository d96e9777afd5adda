package dev.odometer.api.functions.grants;

import dev.odometer.metering.entitlement.Grant;
import dev.odometer.views.EntitlementView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A grant in responses; see {@link Grant}. Empty metadata is absent.
 *
 * @param nextRecurrence the next time it recurs, even if it expires earlier
 */
public record GrantView(
        String id,
        String entitlementId,
        BigDecimal amount,
        int priority,
        Instant effectiveAt,
        @Nullable Expiration expiration,
        @Nullable Instant expiresAt,
        BigDecimal minRolloverAmount,
        BigDecimal maxRolloverAmount,
        EntitlementView.@Nullable Period recurrence,
        @Nullable Instant nextRecurrence,
        @Nullable Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant voidedAt) {

    /** The time until a grant expires, in units of HOUR, DAY, WEEK, MONTH or YEAR. */
    public record Expiration(String duration, int count) {

        private static @Nullable Expiration of(Grant.@Nullable Expiration expiration) {
            return expiration == null ? null : new Expiration(expiration.unit().name(), expiration.count());
        }
    }

    static GrantView of(Grant grant, Instant now) {
        return new GrantView(
                grant.id(),
                grant.entitlementId(),
                grant.amount(),
                grant.priority(),
                grant.effectiveAt(),
                Expiration.of(grant.expiration()),
                grant.expiresAt(),
                grant.rollover().min(),
                grant.rollover().max(),
                grant.recurrence() == null ? null : EntitlementView.Period.of(grant.recurrence()),
                grant.nextRecurrence(now).orElse(null),
                grant.metadata().isEmpty() ? null : grant.metadata(),
                grant.createdAt(),
                updatedAt(grant),
                grant.voidedAt());
    }

    private static Instant updatedAt(Grant grant) {
        Instant voidedAt = grant.voidedAt();
        return voidedAt == null || voidedAt.isBefore(grant.createdAt()) ? grant.createdAt() : voidedAt;
    }
}
