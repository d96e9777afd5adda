package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.meter.Quantity;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Computes the balance history of a metered entitlement, in two steps like {@link Ledger}: {@link #usage} derives which
 * usage is needed, and {@link #history} computes the history from it.
 */
public final class HistoryLedger {

    /** Limits the size of a history of many grants. */
    private static final int MAX_GRANT_BALANCES = 100_000;

    private final HistoryRange range;
    private final List<Window> windows;
    private final BalanceComputation computation;

    private HistoryLedger(Terms.Metered terms, List<Grant> grants, List<Reset> resets, HistoryRange range) {
        if (range.from().isBefore(terms.measureFrom())) {
            throw Refusal.invalid(
                    "from must not be before usage is measured, from " + terms.measureFrom() + ": " + range.from());
        }
        this.range = range;
        this.windows = range.windows();
        // Changes at the end of the range are not part of it.
        Instant last = range.to().minusNanos(1);
        List<EffectiveGrant> effectiveGrants = BalanceComputation.grantsUntil(last, grants, terms);
        List<Periods.Period> periods = new Periods(terms, resets).between(range.from(), last, effectiveGrants);
        List<Instant> stops = windows.stream().map(Window::start).toList();
        computation = new BalanceComputation(terms, effectiveGrants, periods, last, stops);
    }

    /**
     * @param resets of several in one minute the last one applies
     * @throws Refusal when the range starts before the start of measurement, has too many windows, or depends on too
     *     many periods or changes of grants
     */
    public static HistoryLedger of(Terms.Metered terms, List<Grant> grants, List<Reset> resets, HistoryRange range) {
        return new HistoryLedger(terms, grants, resets, range);
    }

    /** The windows whose usage {@link #history} needs. */
    public List<Window> usage() {
        return Stream.concat(computation.usage().stream(), windows.stream()).toList();
    }

    /**
     * @param totals the meter's value in each window of {@link #usage}, in order; 0 where nothing was counted
     * @throws Refusal when there are too many grants for the range
     */
    public BalanceHistory history(List<BigDecimal> totals) {
        int split = totals.size() - windows.size();
        var recording = new Recording();
        computation.run(totals.subList(0, split), recording);
        var usageWindows = new ArrayList<BalanceHistory.UsageWindow>();
        for (int i = 0; i < windows.size(); i++) {
            usageWindows.add(new BalanceHistory.UsageWindow(
                    windows.get(i),
                    Quantity.normal(totals.get(split + i)),
                    Objects.requireNonNull(recording.balances.get(windows.get(i).start()))));
        }
        return new BalanceHistory(usageWindows, recording.segments);
    }

    /** Collects the segments of the range, and the balance at the start of each window. */
    private final class Recording implements BalanceComputation.Observer {

        private final List<BalanceHistory.Segment> segments = new ArrayList<>();
        private final Map<Instant, BigDecimal> balances = new HashMap<>();
        private @Nullable State start;
        private int grantBalances;

        /** The state of the burn-down at a time. */
        private record State(Instant at, Balance balance, Map<String, BigDecimal> grants) {

            static State of(Instant at, BurnDown burnDown) {
                return new State(at, burnDown.balance(), burnDown.remaining());
            }
        }

        @Override
        public void began(Instant at, BurnDown burnDown) {
            if (!at.isBefore(range.from())) {
                start = State.of(at, burnDown);
            }
        }

        @Override
        public void settled(Instant at, BurnDown burnDown) {
            if (at.isBefore(range.from())) {
                return;
            }
            if (start == null) {
                start = State.of(at, burnDown);
            }
            balances.put(at, burnDown.balance().remaining());
        }

        @Override
        public void ended(Instant at, BurnDown burnDown) {
            if (start != null) {
                BalanceHistory.Segment segment = segment(start, State.of(at, burnDown));
                segments.add(segment);
                grantBalances +=
                        segment.grantsAtStart().size() + segment.grantsAtEnd().size();
                if (grantBalances > MAX_GRANT_BALANCES) {
                    throw Refusal.invalid("the history has more than " + MAX_GRANT_BALANCES
                            + " balances of grants until " + at + "; use a shorter range");
                }
            }
        }

        private static BalanceHistory.Segment segment(State start, State end) {
            var consumed = new LinkedHashMap<String, BigDecimal>();
            start.grants().forEach((grant, amount) -> {
                BigDecimal part =
                        amount.subtract(Objects.requireNonNull(end.grants().get(grant)));
                if (part.signum() != 0) {
                    consumed.put(grant, Quantity.normal(part));
                }
            });
            return new BalanceHistory.Segment(
                    new Window(start.at(), end.at()),
                    Quantity.normal(
                            end.balance().usage().subtract(start.balance().usage())),
                    end.balance().overage(),
                    start.balance().remaining(),
                    start.grants(),
                    end.balance().remaining(),
                    end.grants(),
                    consumed);
        }
    }
}
