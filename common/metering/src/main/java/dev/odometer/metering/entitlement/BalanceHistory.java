package dev.odometer.metering.entitlement;

import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * How the balance of a metered entitlement changed over a range of time.
 *
 * @param windows adjacent, ascending, also without usage
 * @param segments adjacent, ascending; a segment ends where a grant starts, ends or recurs, and at each reset
 */
public record BalanceHistory(List<UsageWindow> windows, List<Segment> segments) {

    /** The key of the allowance in maps by grant id. */
    public static final String ALLOWANCE = "";

    /**
     * A window of time.
     *
     * @param usage the meter's value in the window
     * @param balanceAtStart the remaining amount, as in {@link Balance}
     */
    public record UsageWindow(Window window, BigDecimal usage, BigDecimal balanceAtStart) {}

    /**
     * A time in which no grant starts, ends or recurs and no period ends. The overage with which it starts is covered
     * in it: it is not yet deducted from the balances at the start.
     *
     * @param usage by how much the usage of the period rose; negative if it fell
     * @param overage at the end
     * @param balanceAtStart the remaining amounts of all grants plus the credit, see {@link Balance}
     * @param grantsAtStart the remaining amounts by grant id, in burn-down order
     * @param consumed by how much the remaining amounts fell, by grant id, in burn-down order, without zeros; negative if
     *     they rose
     */
    public record Segment(
            Window window,
            BigDecimal usage,
            BigDecimal overage,
            BigDecimal balanceAtStart,
            Map<String, BigDecimal> grantsAtStart,
            BigDecimal balanceAtEnd,
            Map<String, BigDecimal> grantsAtEnd,
            Map<String, BigDecimal> consumed) {}
}
