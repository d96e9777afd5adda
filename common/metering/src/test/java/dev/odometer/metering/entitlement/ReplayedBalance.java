package dev.odometer.metering.entitlement;

import static java.util.Comparator.comparing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The oracle: walks every minute from the start of measurement to the time, and moves usage unit by unit between buckets.
 * Slow, and written unlike the {@link Ledger}. Amounts are whole.
 */
final class ReplayedBalance {

    private final Terms.Metered terms;
    private final List<Grant> grants;
    private final Map<Instant, Reset> resets = new TreeMap<>();
    private final BiFunction<Instant, Instant, BigDecimal> meter;

    private final List<Bucket> buckets = new ArrayList<>();
    private Instant periodStart;
    private Instant anchor;
    private long seen;
    private long credit;
    private long overage;
    private long granted;

    /** What is left and burnt of one grant; the allowance has none. */
    private static final class Bucket {
        Optional<Grant> grant = Optional.empty();
        long left;
        long burnt;
        int priority;
        Instant expires = Instant.MAX;
        Instant created = Instant.MIN;
        String id = "";
    }

    /** @param meter its value over {@code from <= t < to} */
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
        Set<Instant> boundaries = boundaries(time);
        begin(minute, false);
        for (minute = minute.plusSeconds(60); !minute.isAfter(time); minute = minute.plusSeconds(60)) {
            Reset reset = resets.get(minute);
            if (reset != null || boundaries.contains(minute)) {
                use(minute);
                end(minute);
                if (reset != null) {
                    anchor = reset.anchor();
                    boundaries = boundaries(time);
                }
                begin(minute, reset == null ? terms.preserveOverage() : reset.preserveOverage());
            } else if (changes(minute)) {
                use(minute);
                end(minute);
                enter(minute);
            }
        }
        use(minute.minusSeconds(60).equals(time) ? time : minute);
        return balance();
    }

    private Balance balance() {
        long left = credit + buckets.stream().mapToLong(bucket -> bucket.left).sum();
        return new Balance(
                BigDecimal.valueOf(left),
                BigDecimal.valueOf(seen),
                BigDecimal.valueOf(overage),
                BigDecimal.valueOf(granted));
    }

    /** Where periods begin, from the start of measurement to the time. */
    private Set<Instant> boundaries(Instant time) {
        long length = terms.period().longest().toMinutes();
        long first = ChronoUnit.MINUTES.between(anchor, terms.measureFrom()) / length - 5;
        long last = ChronoUnit.MINUTES.between(anchor, time) / length + 5;
        var all = new HashSet<Instant>();
        for (long n = first; n <= last; n++) {
            all.add(anchor.atOffset(ZoneOffset.UTC)
                    .plusMonths(n * terms.period().months())
                    .plus(terms.period().time().multipliedBy(n))
                    .toInstant());
        }
        return all;
    }

    private boolean changes(Instant minute) {
        return grants.stream().anyMatch(grant -> start(grant).equals(minute))
                || buckets.stream().anyMatch(bucket -> ended(bucket, minute));
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
                granted -= bucket.left;
                buckets.remove(bucket);
            }
        }
    }

    private void begin(Instant minute, boolean preserves) {
        periodStart = minute;
        seen = 0;
        credit = 0;
        overage = preserves ? overage : 0;
        granted = -overage;
        buckets.removeIf(bucket ->
                bucket.grant.filter(g -> g.rollover().most().signum() > 0).isEmpty());
        for (Bucket bucket : buckets) {
            Grant.Rollover rule = bucket.grant.orElseThrow().rollover();
            bucket.left =
                    Math.min(rule.most().longValueExact(), Math.max(rule.least().longValueExact(), bucket.left));
            bucket.burnt = 0;
            granted += bucket.left;
        }
        if (terms.allowance() != null) {
            var allowance = new Bucket();
            allowance.left = terms.allowance().longValueExact();
            allowance.priority = terms.priority();
            granted += allowance.left;
            buckets.add(allowance);
        }
        enter(minute);
    }

    private void enter(Instant minute) {
        for (Grant grant : grants) {
            if (start(grant).equals(minute) && end(grant).isAfter(minute)) {
                var bucket = new Bucket();
                bucket.grant = Optional.of(grant);
                bucket.left = grant.amount().longValueExact();
                bucket.priority = grant.priority();
                bucket.expires = Optional.ofNullable(grant.expiresAt()).orElse(Instant.MAX);
                bucket.created = grant.createdAt();
                bucket.id = grant.id();
                granted += bucket.left;
                buckets.add(bucket);
            }
        }
        long owed = overage;
        overage = 0;
        for (long unit = 0; unit < owed; unit++) {
            burnOne();
        }
    }

    private void use(Instant until) {
        long total =
                until.isAfter(periodStart) ? meter.apply(periodStart, until).longValueExact() : 0;
        for (; seen < total; seen++) {
            burnOne();
        }
        for (; seen > total; seen--) {
            giveBackOne();
        }
    }

    private static final Comparator<Bucket> FIRST = comparing((Bucket bucket) -> bucket.priority)
            .thenComparing(bucket -> bucket.expires)
            .thenComparing(bucket -> bucket.created)
            .thenComparing(bucket -> bucket.id);

    private void burnOne() {
        if (credit > 0) {
            credit--;
            return;
        }
        Optional<Bucket> first =
                buckets.stream().filter(bucket -> bucket.left > 0).min(FIRST);
        first.ifPresentOrElse(
                bucket -> {
                    bucket.left--;
                    bucket.burnt++;
                },
                () -> overage++);
    }

    private void giveBackOne() {
        if (overage > 0) {
            overage--;
            return;
        }
        Optional<Bucket> last =
                buckets.stream().filter(bucket -> bucket.burnt > 0).max(FIRST);
        last.ifPresentOrElse(
                bucket -> {
                    bucket.left++;
                    bucket.burnt--;
                },
                () -> credit++);
    }
}
