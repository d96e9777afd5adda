package dev.odometer.metering.entitlement;

import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * How much of a metered entitlement is left at a time, in two steps, so that one reading of usage serves many ledgers:
 * from terms, grants and resets follows which usage matters, and from that usage the balance.
 *
 * <p>By the minute. A time inside a minute stands for the minute's end: usage before that end counts, beside the grants,
 * resets and periods that began by the time itself. A period begins with the allowance, with what rolled over, and with
 * the overage of the period before where that is preserved. Between two changes usage is burnt from the grants in their
 * order; what none covers is overage, which the next grant to begin pays first. Usage that falls (a negative sum, a
 * latest value) takes overage back, then gives back in the reverse order, to no grant more than was burnt from it; the rest is
 * credit until usage rises again or the period ends.
 */
public final class Ledger {

    private final Terms.Metered terms;
    private final Instant time;
    private final List<EffectiveGrant> effectiveGrants;
    private final List<Span> spans;
    private final Window period;
    private final UsagePeriod usagePeriod;

    /**
     * A period that matters and, ascending, the times in it up to which usage must be known: those at which a grant
     * begins or ends, and the last one.
     */
    private record Span(Periods.Period period, List<Instant> stops) {}

    private Ledger(Terms.Metered terms, List<Grant> grants, List<Reset> resets, Instant time) {
        this.terms = terms;
        this.time = time;
        var periods = new Periods(terms, resets);
        usagePeriod = periods.usagePeriod(time);
        if (time.isBefore(terms.measureFrom())) {
            effectiveGrants = List.of();
            spans = List.of();
            period = periods.before(time);
            return;
        }
        effectiveGrants = grants.stream()
                .map(grant -> EffectiveGrant.of(grant, terms))
                .filter(effectiveGrant -> !effectiveGrant.start().isAfter(time) && !effectiveGrant.isEmpty())
                .sorted(EffectiveGrant.BURN_ORDER)
                .toList();
        spans = periods.mattering(time, effectiveGrants).stream()
                .map(p -> new Span(p, stops(p)))
                .toList();
        Periods.Period last = spans.get(spans.size() - 1).period();
        period = new Window(last.start(), last.end());
    }

    /**
     * @param resets of one minute the last one counts
     * @throws dev.odometer.refusal.Refusal when the balance depends on too many periods before the time
     */
    public static Ledger of(Terms.Metered terms, List<Grant> grants, List<Reset> resets, Instant time) {
        return new Ledger(terms, grants, resets, time);
    }

    private List<Instant> stops(Periods.Period period) {
        Instant minute = time.truncatedTo(ChronoUnit.MINUTES);
        Instant cut = minute.equals(time) ? minute : minute.plusSeconds(60);
        Instant end = cut.isBefore(period.end()) ? cut : period.end();
        var stops = new TreeSet<Instant>();
        for (EffectiveGrant effectiveGrant : effectiveGrants) {
            if (effectiveGrant.takesPartIn(period)) {
                stops.add(effectiveGrant.start());
                if (effectiveGrant.end() != null) {
                    stops.add(effectiveGrant.end());
                }
            }
        }
        stops.add(end);
        stops.removeIf(stop -> !stop.isAfter(period.start()) || stop.isAfter(end));
        return List.copyOf(stops);
    }

    /** The period that holds the time; before the first one, the time until it. */
    public Window period() {
        return period;
    }

    /** The interval of the periods at the time, with the anchor that the last reset before it left. */
    public UsagePeriod usagePeriod() {
        return usagePeriod;
    }

    /** The stretches whose usage {@link #balance} wants, each from the start of a period; oldest first. */
    public List<Window> usage() {
        var windows = new ArrayList<Window>();
        for (Span span : spans) {
            for (Instant stop : span.stops()) {
                windows.add(new Window(span.period().start(), stop));
            }
        }
        return windows;
    }

    /**
     * @param totals the meter's value over each stretch of {@link #usage}, in order; 0 where it counted nothing
     * @return all 0 before the first period
     */
    public Balance balance(List<BigDecimal> totals) {
        var burnDown = new BurnDown();
        int next = 0;
        for (Span span : spans) {
            burnDown.begin(span.period(), terms, effectiveGrants);
            for (Instant stop : span.stops()) {
                burnDown.use(totals.get(next++));
                // What changes when a minute ends has not changed inside of it; what does at a period's end, enters it.
                if (!stop.isAfter(time) && stop.isBefore(span.period().end())) {
                    burnDown.change(stop, effectiveGrants);
                }
            }
        }
        return burnDown.balance();
    }
}
