package dev.odometer.metering.entitlement;

import static java.util.Comparator.comparing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * The test oracle: it replays every minute from the start of measurement to the time, and moves usage unit by unit
 * between buckets. It is slow and deliberately written differently from the {@link Ledger}. Amounts are integers.
 */
final class ReplayedBalance {

    private final Terms.Metered terms;
    private final List<Grant> grants;
    private final Map<Instant, Reset> resets = new TreeMap<>();
    private final Map<Grant, Set<Instant>> recurrences = new HashMap<>();
    private final Set<Instant> changes = new TreeSet<>();
    private final BiFunction<Instant, Instant, BigDecimal> meter;

    private final List<Bucket> buckets = new ArrayList<>();
    private Instant periodStart;
    private Instant anchor;
    private long usage;
    private long credit;
    private long overage;
    private long granted;

    /** The remaining and consumed amount of one grant or, without a grant, of the allowance. */
    private static final class Bucket {
        Optional<Grant> grant = Optional.empty();
        long remaining;
        long consumed;
        int priority;
        Instant expires = Instant.MAX;
        Instant created = Instant.MIN;
        String id = "";
    }

    /** @param meter returns the value of the meter in {@code from <= t < to} */
    ReplayedBalance(
            Terms.Metered terms,
            List<Grant> grants,
            List<Reset> resets,
            BiFunction<Instant, Instant, BigDecimal> meter) {
        this.terms = terms;
        this.grants = grants;
        this.meter = meter;
        resets.forEach(reset -> this.resets.put(reset.at(), reset));
        this.periodStart = terms.measureFrom();
        Reset first = this.resets.get(terms.measureFrom());
        this.anchor = first == null ? terms.period().anchor() : first.anchor();
    }

    Balance at(Instant time) {
        if (time.isBefore(terms.measureFrom())) {
            return balance();
        }
        Instant minute = terms.measureFrom();
        for (Grant grant : grants) {
            UsagePeriod recurrence = grant.recurrence();
            recurrences.put(grant, recurrence == null ? Set.of() : multiples(recurrence, recurrence.anchor(), time));
        }
        Set<Instant> boundaries = multiples(terms.period(), anchor, time);
        begin(minute, false);
        for (minute = minute.plusSeconds(60); !minute.isAfter(time); minute = minute.plusSeconds(60)) {
            Reset reset = resets.get(minute);
            if (reset != null || boundaries.contains(minute)) {
                changes.add(minute);
                use(minute);
                end(minute);
                if (reset != null) {
                    anchor = reset.anchor();
                    boundaries = multiples(terms.period(), anchor, time);
                }
                begin(minute, reset == null ? terms.preserveOverage() : reset.preserveOverage());
            } else if (changes(minute)) {
                changes.add(minute);
                use(minute);
                end(minute);
                addGrants(minute);
            }
        }
        use(minute.minusSeconds(60).equals(time) ? time : minute);
        return balance();
    }

    private Balance balance() {
        long remaining =
                credit + buckets.stream().mapToLong(bucket -> bucket.remaining).sum();
        return new Balance(
                BigDecimal.valueOf(remaining),
                BigDecimal.valueOf(usage),
                BigDecimal.valueOf(overage),
                BigDecimal.valueOf(granted));
    }

    /** The minutes at which a period began or a grant started, ended or recurred. */
    Set<Instant> changes() {
        return changes;
    }

    /** The times that are a whole number of intervals from the anchor, from the start of measurement to the time. */
    private Set<Instant> multiples(UsagePeriod interval, Instant from, Instant time) {
        long length = interval.maxLength().toMinutes();
        long first = ChronoUnit.MINUTES.between(from, terms.measureFrom()) / length - 5;
        long last = ChronoUnit.MINUTES.between(from, time) / length + 5;
        var all = new HashSet<Instant>();
        for (long n = first; n <= last; n++) {
            all.add(from.atOffset(ZoneOffset.UTC)
                    .plusMonths(n * interval.months())
                    .plus(interval.time().multipliedBy(n))
                    .toInstant());
        }
        return all;
    }

    private boolean changes(Instant minute) {
        return grants.stream().anyMatch(grant -> isIssued(grant, minute))
                || buckets.stream().anyMatch(bucket -> ended(bucket, minute));
    }

    /** Whether it starts or recurs at the minute. */
    private boolean isIssued(Grant grant, Instant minute) {
        boolean recurs = start(grant).isBefore(minute)
                && Objects.requireNonNull(recurrences.get(grant)).contains(minute);
        return (recurs || start(grant).equals(minute)) && end(grant).isAfter(minute);
    }

    private Instant start(Grant grant) {
        return grant.effectiveAt().isBefore(terms.measureFrom()) ? terms.measureFrom() : grant.effectiveAt();
    }

    private static Instant end(Grant grant) {
        Instant expires = Optional.ofNullable(grant.expiresAt()).orElse(Instant.MAX);
        Instant voided = Optional.ofNullable(grant.voidedAt())
                .map(at -> at.truncatedTo(ChronoUnit.MINUTES))
                .orElse(Instant.MAX);
        return expires.isBefore(voided) ? expires : voided;
    }

    private static boolean ended(Bucket bucket, Instant minute) {
        return bucket.grant.filter(grant -> !end(grant).isAfter(minute)).isPresent();
    }

    private void end(Instant minute) {
        for (Bucket bucket : List.copyOf(buckets)) {
            if (ended(bucket, minute)) {
                granted -= bucket.remaining;
                buckets.remove(bucket);
            }
        }
    }

    private void begin(Instant minute, boolean preserves) {
        periodStart = minute;
        usage = 0;
        credit = 0;
        overage = preserves ? overage : 0;
        granted = -overage;
        buckets.removeIf(bucket ->
                bucket.grant.filter(g -> g.rollover().max().signum() > 0).isEmpty());
        for (Bucket bucket : buckets) {
            Grant.Rollover rule = bucket.grant.orElseThrow().rollover();
            bucket.remaining =
                    Math.min(rule.max().longValueExact(), Math.max(rule.min().longValueExact(), bucket.remaining));
            bucket.consumed = 0;
            granted += bucket.remaining;
        }
        if (terms.allowance() != null) {
            var allowance = new Bucket();
            allowance.remaining = terms.allowance().longValueExact();
            allowance.priority = terms.priority();
            granted += allowance.remaining;
            buckets.add(allowance);
        }
        addGrants(minute);
    }

    private void addGrants(Instant minute) {
        for (Grant grant : grants) {
            if (isIssued(grant, minute)) {
                expire(grant);
                var bucket = new Bucket();
                bucket.grant = Optional.of(grant);
                bucket.remaining = grant.amount().longValueExact();
                bucket.priority = grant.priority();
                bucket.expires = Optional.ofNullable(grant.expiresAt()).orElse(Instant.MAX);
                bucket.created = grant.createdAt();
                bucket.id = grant.id();
                granted += bucket.remaining;
                buckets.add(bucket);
            }
        }
        long owed = overage;
        overage = 0;
        for (long unit = 0; unit < owed; unit++) {
            consumeOne();
        }
    }

    /** The rest of the previous issue ends when the grant recurs. */
    private void expire(Grant grant) {
        for (Bucket bucket : List.copyOf(buckets)) {
            if (bucket.grant.filter(grant::equals).isPresent()) {
                granted -= bucket.remaining;
                buckets.remove(bucket);
            }
        }
    }

    private void use(Instant until) {
        long total =
                until.isAfter(periodStart) ? meter.apply(periodStart, until).longValueExact() : 0;
        for (; usage < total; usage++) {
            consumeOne();
        }
        for (; usage > total; usage--) {
            restoreOne();
        }
    }

    private static final Comparator<Bucket> BURN_ORDER = comparing((Bucket bucket) -> bucket.priority)
            .thenComparing(bucket -> bucket.expires)
            .thenComparing(bucket -> bucket.created)
            .thenComparing(bucket -> bucket.id);

    private void consumeOne() {
        if (credit > 0) {
            credit--;
            return;
        }
        Optional<Bucket> first =
                buckets.stream().filter(bucket -> bucket.remaining > 0).min(BURN_ORDER);
        first.ifPresentOrElse(
                bucket -> {
                    bucket.remaining--;
                    bucket.consumed++;
                },
                () -> overage++);
    }

    private void restoreOne() {
        if (overage > 0) {
            overage--;
            return;
        }
        Optional<Bucket> last =
                buckets.stream().filter(bucket -> bucket.consumed > 0).max(BURN_ORDER);
        last.ifPresentOrElse(
                bucket -> {
                    bucket.remaining++;
                    bucket.consumed--;
                },
                () -> credit++);
    }
}
