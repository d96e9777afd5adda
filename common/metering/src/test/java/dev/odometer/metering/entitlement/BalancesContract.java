package dev.odometer.metering.entitlement;

import static dev.odometer.metering.entitlement.Examples.NOW;
import static dev.odometer.metering.entitlement.Examples.entitlement;
import static dev.odometer.metering.entitlement.Examples.grant;
import static dev.odometer.metering.entitlement.Examples.monthly;
import static dev.odometer.metering.entitlement.Examples.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.usage.Window;
import dev.odometer.metering.usage.WindowSize;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of {@link Entitlements} for recurring grants, credit and balance histories; one subclass per store. */
public abstract class BalancesContract extends EntitlementFixture {

    @Test
    void issuesAGrantAgainWhenItRecurs() {
        stores.entitlements().add(entitlement("e1", ACME, TOKENS, monthly("0")));
        var weekly = Grant.recurrence("WEEK", at("2026-01-05T00:00:00Z"));
        stores.entitlements()
                .grant(grant(grant("g1", "e1", "50", "2026-01-01T12:00:00Z"), null, Grant.Rollover.NONE, weekly));
        stores.usage()
                .append(List.of(
                        prompt("1", "s1", "2026-01-02T00:00:00Z", "20"),
                        prompt("2", "s1", "2026-01-06T00:00:00Z", "60")));

        assertThat(status("2026-01-04T23:59:00Z").balance()).isEqualTo(balance("30", "20", "0", "50"));
        assertThat(status("2026-01-05T00:00:00Z").balance()).isEqualTo(balance("50", "20", "0", "70"));
        assertThat(status("2026-01-11T00:00:00Z").balance()).isEqualTo(balance("0", "80", "10", "70"));
        assertThat(status("2026-01-12T00:00:00Z").balance()).isEqualTo(balance("40", "80", "0", "120"));
        assertThat(status("2026-02-01T00:00:00Z").balance()).isEqualTo(balance("0", "0", "0", "0"));
        assertThat(status("2026-02-02T00:00:00Z").balance()).isEqualTo(balance("50", "0", "0", "50"));
    }

    @Test
    void countsRecurrencesAsGrantsOfAPeriod() {
        stores.entitlements().add(METERED);
        IntStream.range(0, 31).forEach(i -> stores.entitlements().grant(daily("g" + i, "2026-01-01T00:00:00Z")));

        assertThat(refused(() -> stores.entitlements().grant(daily("h", "2026-01-01T00:00:00Z"))))
                .isEqualTo(RefusalKind.CONFLICT);
        assertThat(refused(() -> stores.entitlements().grant(daily("h", "2026-02-10T00:00:00Z"))))
                .isEqualTo(RefusalKind.CONFLICT);
        stores.entitlements().grant(daily("h", "2026-03-10T00:00:00Z"));
    }

    /** A grant that recurs daily for a month. */
    private static Grant daily(String id, String effectiveAt) {
        return grant(
                grant(id, "e1", "1", effectiveAt),
                new Grant.Expiration(Grant.Expiration.Unit.MONTH, 1),
                Grant.Rollover.NONE,
                Grant.recurrence("DAY", at(effectiveAt)));
    }

    @Test
    void usageBelowZeroIsACreditUntilThePeriodEnds() {
        stores.entitlements().add(METERED);
        stores.usage().append(List.of(prompt("1", "s1", "2026-01-05T00:00:00Z", "-20")));

        assertThat(status("2026-01-31T00:00:00Z").balance()).isEqualTo(balance("120", "-20", "0", "100"));
        assertThat(status("2026-02-01T00:00:00Z").balance()).isEqualTo(balance("100", "0", "0", "100"));
    }

    @Test
    void returnsTheHistoryOfABalance() {
        stores.entitlements().add(METERED);
        stores.entitlements().grant(grant("g1", "e1", "50", "2026-01-10T00:00:00Z"));
        stores.usage()
                .append(List.of(
                        prompt("1", "s1", "2026-01-08T12:00:00Z", "120"),
                        prompt("2", "s2", "2026-01-31T12:00:00Z", "10"),
                        prompt("3", "s2", "2026-02-01T00:00:00Z", "7")));

        BalanceHistory history = stores.entitlements()
                .history("e1", range("2026-01-09T00:00:00Z", "2026-02-01T12:00:00Z"))
                .orElseThrow();

        assertThat(history.windows()).hasSize(24).startsWith(window("2026-01-09T00:00:00Z", "0", "0"));
        assertThat(history.windows().get(1)).isEqualTo(window("2026-01-10T00:00:00Z", "0", "30"));
        assertThat(history.windows().get(22)).isEqualTo(window("2026-01-31T00:00:00Z", "10", "30"));
        assertThat(history.windows().get(23).usage()).isEqualTo("7");
        assertThat(history.segments())
                .extracting(segment -> segment.window().start().toString())
                .containsExactly("2026-01-09T00:00:00Z", "2026-01-10T00:00:00Z", "2026-02-01T00:00:00Z");
        assertThat(history.segments().get(1))
                .isEqualTo(new BalanceHistory.Segment(
                        new Window(at("2026-01-10T00:00:00Z"), at("2026-02-01T00:00:00Z")),
                        BigDecimal.TEN,
                        BigDecimal.ZERO,
                        new BigDecimal("50"),
                        Map.of(BalanceHistory.ALLOWANCE, BigDecimal.ZERO, "g1", new BigDecimal("50")),
                        new BigDecimal("20"),
                        Map.of(BalanceHistory.ALLOWANCE, BigDecimal.ZERO, "g1", new BigDecimal("20")),
                        Map.of("g1", new BigDecimal("30"))));
    }

    @Test
    void refusesHistoriesOfInvalidRanges() {
        stores.entitlements().add(METERED);
        stores.entitlements().add(SWITCH);

        assertThat(refused(() ->
                        stores.entitlements().history("e1", range("2025-12-31T23:59:00Z", "2026-01-01T12:00:00Z"))))
                .isEqualTo(RefusalKind.INVALID);
        assertThat(refused(() ->
                        stores.entitlements().history("e1", range("2026-01-01T00:00:00Z", "2126-01-01T12:00:00Z"))))
                .isEqualTo(RefusalKind.INVALID);
        assertThat(refused(() ->
                        stores.entitlements().history("e2", range("2026-01-01T00:00:00Z", "2026-01-01T12:00:00Z"))))
                .isEqualTo(RefusalKind.CONFLICT);
        stores.entitlements().delete("e1", NOW);
        assertThat(stores.entitlements().history("e1", range("2026-01-01T00:00:00Z", "2026-01-01T12:00:00Z")))
                .isEmpty();
    }

    private static HistoryRange range(String from, String to) {
        return new HistoryRange(at(from), at(to), WindowSize.DAY, ZoneOffset.UTC);
    }

    private static BalanceHistory.UsageWindow window(String start, String usage, String balance) {
        var day = new Window(at(start), at(start).plus(1, ChronoUnit.DAYS));
        return new BalanceHistory.UsageWindow(day, new BigDecimal(usage), new BigDecimal(balance));
    }
}
