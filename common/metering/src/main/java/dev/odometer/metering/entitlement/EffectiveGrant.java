package dev.odometer.metering.entitlement;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
                BalanceHistory.ALLOWANCE,
                "",
                amount,
                terms.priority(),
                start,
                null,
                Grant.Rollover.NONE,
                null,
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

    /** Whether its amount is issued again at the time. */
    boolean recursAt(Instant time) {
        return grant.recurrence() != null
                && start.isBefore(time)
                && !endsBy(time)
                && grant.recurrence().containing(time).start().equals(time);
    }

    /**
     * The times at which it starts, recurs until {@code to}, and ends, if it has an amount in the period. They may be
     * outside the period.
     */
    List<Instant> changes(Periods.Period period, Instant to) {
        if (!start.isBefore(period.end())) {
            return List.of();
        }
        List<Instant> recurrences = recurrences(period.start(), to);
        boolean isIssued = !start.isBefore(period.start())
                || rollsInto(period.start())
                || recursAt(period.start())
                || !recurrences.isEmpty();
        if (!isIssued) {
            return List.of();
        }
        var changes = new ArrayList<>(recurrences);
        changes.add(start);
        if (end != null) {
            changes.add(end);
        }
        return changes;
    }

    /** The times after {@code from} until {@code to} at which its amount is issued again. */
    private List<Instant> recurrences(Instant from, Instant to) {
        UsagePeriod recurrence = grant.recurrence();
        if (recurrence == null) {
            return List.of();
        }
        var times = new ArrayList<Instant>();
        Instant next =
                recurrence.containing(from.isBefore(start) ? start : from).end();
        while (!next.isAfter(to) && !endsBy(next)) {
            times.add(next);
            next = recurrence.containing(next).end();
        }
        return times;
    }
}
