package dev.odometer.api.functions.access;

import dev.odometer.metering.entitlement.BalanceHistory;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A balance history in responses; see {@link BalanceHistory}. The allowance of the entitlement has the entitlement's id
 * in place of a grant's id.
 */
public record EntitlementHistoryView(List<UsageWindow> windowedHistory, List<Segment> burndownHistory) {

    /** The usage in a window, and the balance at its start. */
    public record UsageWindow(Period period, BigDecimal usage, BigDecimal balanceAtStart) {}

    /** A time in which no grant starts, ends or recurs and no usage period ends. */
    public record Segment(
            Period period,
            BigDecimal usage,
            BigDecimal overage,
            BigDecimal balanceAtStart,
            Map<String, BigDecimal> grantBalancesAtStart,
            BigDecimal balanceAtEnd,
            Map<String, BigDecimal> grantBalancesAtEnd,
            List<GrantUsage> grantUsages) {}

    /** The amount of a grant that was burned down; negative if it was returned. */
    public record GrantUsage(String grantId, BigDecimal usage) {}

    /** A period of time, {@code from <= t < to}, with the offset of a time zone. */
    public record Period(OffsetDateTime from, OffsetDateTime to) {

        private static Period of(Window window, ZoneId zone) {
            return new Period(
                    window.start().atZone(zone).toOffsetDateTime(),
                    window.end().atZone(zone).toOffsetDateTime());
        }
    }

    /** @param zone the time zone of the windows; segments are in UTC */
    static EntitlementHistoryView of(BalanceHistory history, String entitlementId, ZoneId zone) {
        return new EntitlementHistoryView(
                history.windows().stream()
                        .map(window -> new UsageWindow(
                                Period.of(window.window(), zone), window.usage(), window.balanceAtStart()))
                        .toList(),
                history.segments().stream()
                        .map(segment -> segment(segment, entitlementId))
                        .toList());
    }

    private static Segment segment(BalanceHistory.Segment segment, String entitlementId) {
        return new Segment(
                Period.of(segment.window(), ZoneOffset.UTC),
                segment.usage(),
                segment.overage(),
                segment.balanceAtStart(),
                named(segment.grantsAtStart(), entitlementId),
                segment.balanceAtEnd(),
                named(segment.grantsAtEnd(), entitlementId),
                named(segment.consumed(), entitlementId).entrySet().stream()
                        .map(grant -> new GrantUsage(grant.getKey(), grant.getValue()))
                        .toList());
    }

    private static Map<String, BigDecimal> named(Map<String, BigDecimal> amounts, String entitlementId) {
        var named = new LinkedHashMap<String, BigDecimal>();
        amounts.forEach(
                (grant, amount) -> named.put(grant.equals(BalanceHistory.ALLOWANCE) ? entitlementId : grant, amount));
        return named;
    }
}
