package dev.odometer.api.functions.grants;

import dev.odometer.metering.entitlement.Grant;
import dev.odometer.metering.resource.Timestamp;
import dev.odometer.views.EntitlementView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A grant in responses; see {@link Grant}. Empty metadata and annotations are absent.
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
        @Nullable Map<String, @Nullable Object> annotations,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant voidedAt) {

    /** The time until a grant expires, in units of HOUR, DAY, WEEK, MONTH or YEAR. */
    public record Expiration(String duration, int count) {

        private static Expiration of(Grant.Expiration expiration) {
            return new Expiration(expiration.unit().name(), expiration.count());
        }
    }

    /** In version 1 of the wire API every grant expires: one without an expiration after 100 years. */
    private static final Grant.Expiration VERSION_1_DEFAULT = new Grant.Expiration(Grant.Expiration.Unit.YEAR, 100);

    static GrantView of(Grant grant, Instant now) {
        return of(grant, grant.expiration(), now);
    }

    static GrantView ofVersion1(Grant grant, Instant now) {
        return of(grant, Objects.requireNonNullElse(grant.expiration(), VERSION_1_DEFAULT), now);
    }

    private static GrantView of(Grant grant, Grant.@Nullable Expiration expiration, Instant now) {
        return new GrantView(
                grant.id(),
                grant.entitlementId(),
                grant.amount(),
                grant.priority(),
                grant.effectiveAt(),
                expiration == null ? null : Expiration.of(expiration),
                expiration == null ? null : Timestamp.capped(expiration.after(grant.effectiveAt())),
                grant.rollover().min(),
                grant.rollover().max(),
                grant.recurrence() == null ? null : EntitlementView.Period.of(grant.recurrence()),
                grant.nextRecurrence(now).orElse(null),
                grant.metadata().isEmpty() ? null : grant.metadata(),
                grant.annotations().isEmpty() ? null : grant.annotations(),
                grant.createdAt(),
                grant.updatedAt(),
                grant.voidedAt());
    }
}
