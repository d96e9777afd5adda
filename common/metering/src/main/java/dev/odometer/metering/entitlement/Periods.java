package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The periods of an entitlement, as its terms have them and as resets cut them. */
final class Periods {

    /** 27 years of days. */
    private static final int MOST = 10_000;

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
     * Time, {@code start <= t < end}.
     *
     * @param preserves whether the overage of the period before enters it
     */
    record Period(Instant start, Instant end, boolean preserves) {}

    /** The time until the first period. */
    Window before(Instant time) {
        Window whole = terms.period().containing(time);
        return new Window(whole.start(), whole.end().isBefore(terms.measureFrom()) ? whole.end() : terms.measureFrom());
    }

    /** The periods on which a balance at the time depends, oldest first: the one that holds it is the last. */
    List<Period> mattering(Instant time, List<EffectiveGrant> effectiveGrants) {
        var periods = new ArrayList<Period>();
        Period period = containing(time);
        periods.add(period);
        while (inherits(period, effectiveGrants)) {
            if (periods.size() == MOST) {
                throw Refusal.invalid(
                        "the balance at " + time + " depends on more than " + MOST + " usage periods before it");
            }
            period = containing(period.start().minusNanos(1));
            periods.add(period);
        }
        Collections.reverse(periods);
        return periods;
    }

    private boolean inherits(Period period, List<EffectiveGrant> effectiveGrants) {
        return period.start().isAfter(terms.measureFrom())
                && (period.preserves()
                        || effectiveGrants.stream()
                                .anyMatch(effectiveGrant -> effectiveGrant.rollsInto(period.start())));
    }

    /** The interval, with the anchor that the last reset before the time left. */
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
        UsagePeriod tiling = last == null ? terms.period() : terms.period().anchoredAt(last.anchor());
        Window whole = tiling.containing(time);
        Instant first = last == null ? terms.measureFrom() : last.at();
        boolean begins = !whole.start().isAfter(first);
        return new Period(
                begins ? first : whole.start(),
                (next != null && next.isBefore(whole.end())) ? next : whole.end(),
                (begins && last != null) ? last.preserveOverage() : terms.preserveOverage());
    }
}
