package dev.odometer.metering.entitlement;

import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Computes the balance of a metered entitlement at a time, in two steps: {@link #usage} derives from terms, grants and
 * resets which usage is needed, and {@link #balance} computes the balance from it. So one query can read the usage for
 * many ledgers.
 *
 * <p>The resolution is one minute. A time inside a minute includes usage until the minute's end, but only grants,
 * resets and periods that started by the time itself. A period starts with the allowance, with rollovers, and with the
 * overage of the previous period if it is preserved. Usage consumes grants in burn-down order. The rest is overage,
 * which the next grant to start covers first. Usage that decreases (a negative sum, a latest value) reduces overage,
 * then restores grants in reverse order, each at most by what was consumed from it. The rest is credit until usage
 * increases again or the period ends.
 */
public final class Ledger {

    private final Terms.Metered terms;
    private final Instant time;
    private final List<EffectiveGrant> effectiveGrants;
    private final List<PeriodCheckpoints> relevantPeriods;
    private final Window period;
    private final UsagePeriod usagePeriod;

    /**
     * A relevant period and, ascending, the times in it up to which usage must be known: those at which a grant starts
     * or ends, and the last one.
     */
    private record PeriodCheckpoints(Periods.Period period, List<Instant> checkpoints) {}

    private Ledger(Terms.Metered terms, List<Grant> grants, List<Reset> resets, Instant time) {
        this.terms = terms;
        this.time = time;
        var periods = new Periods(terms, resets);
        usagePeriod = periods.usagePeriod(time);
        if (time.isBefore(terms.measureFrom())) {
            effectiveGrants = List.of();
            relevantPeriods = List.of();
            period = periods.before(time);
            return;
        }
        effectiveGrants = grants.stream()
                .map(grant -> EffectiveGrant.of(grant, terms))
                .filter(effectiveGrant -> !effectiveGrant.start().isAfter(time) && !effectiveGrant.isEmpty())
                .sorted(EffectiveGrant.BURN_ORDER)
                .toList();
        relevantPeriods = periods.relevantTo(time, effectiveGrants).stream()
                .map(p -> new PeriodCheckpoints(p, checkpoints(p)))
                .toList();
        Periods.Period last = relevantPeriods.get(relevantPeriods.size() - 1).period();
        period = new Window(last.start(), last.end());
    }

    /**
     * @param resets of several in one minute the last one applies
     * @throws dev.odometer.functions.refusal.Refusal when the balance depends on too many periods before the time
     */
    public static Ledger of(Terms.Metered terms, List<Grant> grants, List<Reset> resets, Instant time) {
        return new Ledger(terms, grants, resets, time);
    }

    private List<Instant> checkpoints(Periods.Period period) {
        Instant minute = time.truncatedTo(ChronoUnit.MINUTES);
        Instant roundedUp = minute.equals(time) ? minute : minute.plusSeconds(60);
        Instant end = roundedUp.isBefore(period.end()) ? roundedUp : period.end();
        var checkpoints = new TreeSet<Instant>();
        for (EffectiveGrant effectiveGrant : effectiveGrants) {
            if (effectiveGrant.overlaps(period)) {
                checkpoints.add(effectiveGrant.start());
                if (effectiveGrant.end() != null) {
                    checkpoints.add(effectiveGrant.end());
                }
            }
        }
        checkpoints.add(end);
        checkpoints.removeIf(checkpoint -> !checkpoint.isAfter(period.start()) || checkpoint.isAfter(end));
        return List.copyOf(checkpoints);
    }

    /** The period that contains the time; before the first period, the time until it. */
    public Window period() {
        return period;
    }

    /** The interval of the periods at the time, with the anchor of the last reset before it. */
    public UsagePeriod usagePeriod() {
        return usagePeriod;
    }

    /** The windows whose usage {@link #balance} needs, each from the start of a period; oldest first. */
    public List<Window> usage() {
        var windows = new ArrayList<Window>();
        for (PeriodCheckpoints relevant : relevantPeriods) {
            for (Instant checkpoint : relevant.checkpoints()) {
                windows.add(new Window(relevant.period().start(), checkpoint));
            }
        }
        return windows;
    }

    /**
     * @param totals the meter's value in each window of {@link #usage}, in order; 0 where nothing was counted
     * @return all 0 before the first period
     */
    public Balance balance(List<BigDecimal> totals) {
        var burnDown = new BurnDown();
        int next = 0;
        for (PeriodCheckpoints relevant : relevantPeriods) {
            burnDown.begin(relevant.period(), terms, effectiveGrants);
            for (Instant checkpoint : relevant.checkpoints()) {
                burnDown.use(totals.get(next++));
                // A grant that changes at the end of the current minute has not changed at the time itself; a change at
                // the end of a period belongs to the next period.
                if (!checkpoint.isAfter(time)
                        && checkpoint.isBefore(relevant.period().end())) {
                    burnDown.change(checkpoint, effectiveGrants);
                }
            }
        }
        return burnDown.balance();
    }
}
