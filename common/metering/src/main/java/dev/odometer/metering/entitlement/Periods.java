package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.Window;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The usage periods of an entitlement: those of its terms, cut by manual resets. */
final class Periods {

    /** More than 27 years of daily periods. A limit, since the time to compute a balance grows with the periods. */
    private static final int MAX_PERIODS = 10_000;

    private final Terms.Metered terms;
    private final List<Reset> resets;

    Periods(Terms.Metered terms, List<Reset> resets) {
        this.terms = terms;
        this.resets = resets.stream()
                .filter(reset -> !reset.at().isBefore(terms.measureFrom()))
                .sorted(Comparator.comparing(Reset::at))
                .toList();
    }

    /**
     * One usage period, {@code start <= t < end}.
     *
     * @param preserves whether it starts with the overage of the previous period
     */
    record Period(Instant start, Instant end, boolean preserves) {}

    /** The window that contains a time before the first period, cut at the start of measurement. */
    Window before(Instant time) {
        Window whole = terms.period().containing(time);
        return new Window(whole.start(), whole.end().isBefore(terms.measureFrom()) ? whole.end() : terms.measureFrom());
    }

    /**
     * The periods from the time {@code from} to the time {@code to}, preceded by those on which the balance at {@code
     * from} depends; oldest first.
     */
    List<Period> between(Instant from, Instant to, List<EffectiveGrant> effectiveGrants) {
        var periods = new ArrayDeque<Period>();
        periods.add(containing(from));
        while (inherits(periods.getFirst(), effectiveGrants)) {
            if (periods.size() == MAX_PERIODS) {
                throw Refusal.invalid(
                        "the balance at " + from + " depends on more than " + MAX_PERIODS + " earlier usage periods");
            }
            periods.addFirst(containing(periods.getFirst().start().minusNanos(1)));
        }
        while (!to.isBefore(periods.getLast().end())) {
            if (periods.size() == MAX_PERIODS) {
                throw Refusal.invalid("the history until " + to + " depends on more than " + MAX_PERIODS
                        + " usage periods; use a shorter range");
            }
            periods.addLast(containing(periods.getLast().end()));
        }
        return List.copyOf(periods);
    }

    private boolean inherits(Period period, List<EffectiveGrant> effectiveGrants) {
        return period.start().isAfter(terms.measureFrom())
                && (period.preserves()
                        || effectiveGrants.stream()
                                .anyMatch(effectiveGrant -> effectiveGrant.rollsInto(period.start())));
    }

    /** The interval, with the anchor of the last reset before the time. */
    UsagePeriod usagePeriod(Instant time) {
        return resets.stream()
                .filter(reset -> !reset.at().isAfter(time))
                .reduce((first, second) -> second)
                .map(reset -> terms.period().anchoredAt(reset.anchor()))
                .orElse(terms.period());
    }

    private Period containing(Instant time) {
        Reset last = null;
        Instant next = null;
        for (Reset reset : resets) {
            if (reset.at().isAfter(time)) {
                next = reset.at();
                break;
            }
            last = reset;
        }
        return period(time, last, next);
    }

    private Period period(Instant time, @Nullable Reset last, @Nullable Instant next) {
        UsagePeriod interval = last == null ? terms.period() : terms.period().anchoredAt(last.anchor());
        Window whole = interval.containing(time);
        Instant first = last == null ? terms.measureFrom() : last.at();
        boolean begins = !whole.start().isAfter(first);
        return new Period(
                begins ? first : whole.start(),
                (next != null && next.isBefore(whole.end())) ? next : whole.end(),
                (begins && last != null) ? last.preserveOverage() : terms.preserveOverage());
    }
}
