package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Burns grants down with usage, period by period, until a time. The usage that it needs is known before, so one query
 * can read the usage for many replays.
 */
final class BalanceComputation {

    /** Limits the time to compute a balance, which grows with the number of totals. */
    private static final int MAX_TOTALS = 20_000;

    private final Terms.Metered terms;
    private final Instant time;
    private final List<EffectiveGrant> grants;
    private final List<Stage> stages = new ArrayList<>();

    /**
     * A period and, ascending, the times in it up to which usage must be known.
     *
     * @param changes those at which a grant starts, ends or recurs, and the last one
     */
    private record Stage(Periods.Period period, Set<Instant> changes, List<Instant> checkpoints) {}

    /** Called during the computation, at ascending times. A segment is a time in which no grant and no period changes. */
    interface Observer {

        /** An observer that ignores everything. */
        Observer NONE = new Observer() {};

        /** All usage of a segment is applied, and what changes at its end has not changed yet. */
        default void ended(Instant at, BurnDown burnDown) {}

        /** A segment begins. Its grants have not covered the overage yet. */
        default void began(Instant at, BurnDown burnDown) {}

        /** At the start of a segment, and at each stop: the grants have covered the overage as far as they suffice. */
        default void settled(Instant at, BurnDown burnDown) {}
    }

    /**
     * @param grants that start until the time
     * @param periods adjacent; the last one contains the time
     * @param stops further checkpoints
     * @throws Refusal INVALID when it needs more than {@link #MAX_TOTALS} totals
     */
    BalanceComputation(
            Terms.Metered terms,
            List<EffectiveGrant> grants,
            List<Periods.Period> periods,
            Instant time,
            Collection<Instant> stops) {
        this.terms = terms;
        this.grants = grants;
        this.time = time;
        int totals = 0;
        for (Periods.Period period : periods) {
            Stage stage = stage(period, stops);
            totals += stage.checkpoints().size();
            if (totals > MAX_TOTALS) {
                throw Refusal.invalid("the balance at " + time + " depends on the usage at more than " + MAX_TOTALS
                        + " times: grants start, end or recur too often since "
                        + periods.get(0).start());
            }
            stages.add(stage);
        }
    }

    /** The grants that start until the time, in burn-down order. */
    static List<EffectiveGrant> grantsUntil(Instant time, List<Grant> grants, Terms.Metered terms) {
        return grants.stream()
                .map(grant -> EffectiveGrant.of(grant, terms))
                .filter(effectiveGrant -> !effectiveGrant.start().isAfter(time) && !effectiveGrant.isEmpty())
                .sorted(EffectiveGrant.BURN_ORDER)
                .toList();
    }

    private Stage stage(Periods.Period period, Collection<Instant> stops) {
        Instant minute = time.truncatedTo(ChronoUnit.MINUTES);
        Instant roundedUp = minute.equals(time) ? minute : minute.plusSeconds(60);
        Instant end = roundedUp.isBefore(period.end()) ? roundedUp : period.end();
        var changes = new TreeSet<Instant>();
        for (EffectiveGrant effectiveGrant : grants) {
            changes.addAll(effectiveGrant.changes(period, end));
        }
        changes.add(end);
        var checkpoints = new TreeSet<>(changes);
        checkpoints.addAll(stops);
        return new Stage(period, changes, List.copyOf(checkpoints.subSet(period.start(), false, end, true)));
    }

    /** The windows whose usage it needs, each from the start of a period; oldest first. */
    List<Window> usage() {
        var windows = new ArrayList<Window>();
        for (Stage stage : stages) {
            for (Instant checkpoint : stage.checkpoints()) {
                windows.add(new Window(stage.period().start(), checkpoint));
            }
        }
        return windows;
    }

    /**
     * @param totals the meter's value in each window of {@link #usage}, in order; 0 where nothing was counted
     * @return the state at the time
     */
    BurnDown run(List<BigDecimal> totals, Observer observer) {
        var burnDown = new BurnDown();
        int next = 0;
        for (Stage stage : stages) {
            burnDown.begin(stage.period(), terms, grants);
            begin(stage.period().start(), burnDown, observer);
            for (Instant checkpoint : stage.checkpoints()) {
                BigDecimal total = totals.get(next++);
                if (!stage.changes().contains(checkpoint)) {
                    // On a copy: a decrease that is applied in more steps would be returned to other grants.
                    var copy = new BurnDown(burnDown);
                    copy.use(total);
                    observer.settled(checkpoint, copy);
                    continue;
                }
                burnDown.use(total);
                observer.ended(checkpoint, burnDown);
                // A grant that changes at the end of the current minute has not changed at the time itself; a change at
                // the end of a period belongs to the next period.
                if (!checkpoint.isAfter(time)
                        && checkpoint.isBefore(stage.period().end())) {
                    burnDown.change(checkpoint, grants);
                    begin(checkpoint, burnDown, observer);
                }
            }
        }
        return burnDown;
    }

    private static void begin(Instant at, BurnDown burnDown, Observer observer) {
        observer.began(at, burnDown);
        burnDown.settle();
        observer.settled(at, burnDown);
    }
}
