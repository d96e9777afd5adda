package dev.odometer.metering.entitlement;

import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * Computes the balance of a metered entitlement at a time, in two steps: {@link #usage} derives from terms, grants and
 * resets which usage is needed, and {@link #balance} computes the balance from it. So one query can read the usage for
 * many ledgers.
 *
 * <p>The resolution is one minute. A time inside a minute includes usage until the minute's end, but only grants,
 * resets and periods that started by the time itself. A period starts with the allowance, with rollovers, and with the
 * overage of the previous period if it is preserved. Usage consumes grants in burn-down order. The rest is overage,
 * which the next grant to start or to recur covers first. A grant that recurs is issued again: the rest of its amount
 * ends, and its full amount starts. Usage that decreases (a negative sum, a latest value) reduces overage,
 * then restores grants in reverse order, each at most by what was consumed from it. The rest is credit until usage
 * increases again or the period ends.
 */
public final class Ledger {

    private final BalanceComputation computation;
    private final Window period;
    private final UsagePeriod usagePeriod;

    private Ledger(Terms.Metered terms, List<Grant> grants, List<Reset> resets, Instant time) {
        var periods = new Periods(terms, resets);
        usagePeriod = periods.usagePeriod(time);
        if (time.isBefore(terms.measureFrom())) {
            computation = new BalanceComputation(terms, List.of(), List.of(), time, List.of());
            period = periods.before(time);
            return;
        }
        List<EffectiveGrant> effectiveGrants = BalanceComputation.grantsUntil(time, grants, terms);
        List<Periods.Period> relevant = periods.between(time, time, effectiveGrants);
        computation = new BalanceComputation(terms, effectiveGrants, relevant, time, List.of());
        Periods.Period last = relevant.get(relevant.size() - 1);
        period = new Window(last.start(), last.end());
    }

    /**
     * @param resets of several in one minute the last one applies
     * @throws dev.odometer.functions.refusal.Refusal when the balance depends on too many periods, or too many changes
     *     of grants, before the time
     */
    public static Ledger of(Terms.Metered terms, List<Grant> grants, List<Reset> resets, Instant time) {
        return new Ledger(terms, grants, resets, time);
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
        return computation.usage();
    }

    /**
     * @param totals the meter's value in each window of {@link #usage}, in order; 0 where nothing was counted
     * @return all 0 before the first period
     */
    public Balance balance(List<BigDecimal> totals) {
        return computation.run(totals, BalanceComputation.Observer.NONE).balance();
    }
}
