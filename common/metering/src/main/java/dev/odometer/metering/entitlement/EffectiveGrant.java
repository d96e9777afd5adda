package dev.odometer.metering.entitlement;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A grant and the time in which it is active: {@code start <= t < end}.
 *
 * @param end when it expires or is voided, whichever is first
 * @param expires its expiration, which determines the burn-down order even if it is voided earlier
 */
record EffectiveGrant(
        Grant grant,
        Instant start,
        @Nullable Instant end,
        @Nullable Instant expires) {

    static final Comparator<EffectiveGrant> BURN_ORDER = comparingInt(
                    (EffectiveGrant effectiveGrant) -> effectiveGrant.grant.priority())
            .thenComparing(EffectiveGrant::expires, nullsLast(naturalOrder()))
            .thenComparing(comparing(effectiveGrant -> effectiveGrant.grant.createdAt()))
            .thenComparing(effectiveGrant -> effectiveGrant.grant.id());

    static EffectiveGrant of(Grant grant, Terms.Metered terms) {
        Instant expires = grant.expiresAt();
        // Balances have a resolution of one minute: a voided grant ends at the start of the minute.
        Instant voided = grant.voidedAt() == null ? null : grant.voidedAt().truncatedTo(ChronoUnit.MINUTES);
        boolean voidedFirst = voided != null && (expires == null || voided.isBefore(expires));
        return new EffectiveGrant(grant, terms.start(grant), voidedFirst ? voided : expires, expires);
    }

    /** The allowance as a grant that never expires and was created before all others. */
    static EffectiveGrant allowance(Terms.Metered terms, BigDecimal amount, Instant start) {
        var grant = new Grant(
                "",
                "",
                amount,
                terms.priority(),
                start,
                null,
                Grant.Rollover.NONE,
                Map.of(),
                Map.of(),
                Instant.MIN,
                null);
        return new EffectiveGrant(grant, start, null, null);
    }

    boolean isEmpty() {
        return end != null && !end.isAfter(start);
    }

    boolean endsBy(Instant time) {
        return end != null && !end.isAfter(time);
    }

    /** Whether some of it may roll over into a period that begins at the time. */
    boolean rollsInto(Instant begin) {
        return grant.rollsOver() && start.isBefore(begin) && !endsBy(begin);
    }

    boolean overlaps(Periods.Period period) {
        return start.isBefore(period.end()) && (!start.isBefore(period.start()) || rollsInto(period.start()));
    }
}
