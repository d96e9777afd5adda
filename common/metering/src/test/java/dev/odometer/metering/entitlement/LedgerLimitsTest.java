package dev.odometer.metering.entitlement;

import static dev.odometer.metering.entitlement.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.WindowSize;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Limits of the computation of a balance: the number of periods, totals and windows. */
class LedgerLimitsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Terms.Metered PRESERVING =
            new Terms.Metered(UsagePeriod.of("DAY", START), START, null, 1, false, false, true);

    /** Grants that recur daily, each at another minute. */
    private static List<Grant> daily(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> grant(
                        grant("g" + i, "e", "1", "2026-01-01T00:00:00Z"),
                        null,
                        Grant.Rollover.NONE,
                        Grant.recurrence("DAY", START.plusSeconds(60L * i))))
                .toList();
    }

    @Test
    void limitsThePeriods() {
        assertThat(Ledger.of(PRESERVING, List.of(), List.of(), Instant.parse("2053-05-18T12:00:00Z"))
                        .usage())
                .hasSize(10_000);
        assertThatThrownBy(() -> Ledger.of(PRESERVING, List.of(), List.of(), Instant.parse("2053-05-19T12:00:00Z")))
                .isInstanceOf(Refusal.class)
                .hasMessage("the balance at 2053-05-19T12:00:00Z depends on more than 10000 earlier usage periods");
    }

    @Test
    void limitsTheTotals() {
        List<Grant> grants = daily(30);

        assertThat(Ledger.of(PRESERVING, grants, List.of(), Instant.parse("2027-10-01T00:00:00Z"))
                        .usage())
                .hasSizeBetween(18_000, 20_000);
        assertThatThrownBy(() -> Ledger.of(PRESERVING, grants, List.of(), Instant.parse("2028-01-01T00:00:00Z")))
                .isInstanceOf(Refusal.class)
                .hasMessage("the balance at 2028-01-01T00:00:00Z depends on the usage at more than 20000 times: grants"
                        + " start, end or recur too often since 2026-01-01T00:00:00Z");
    }

    @Test
    void limitsTheBalancesOfAHistory() {
        var rollover = new Grant.Rollover(BigDecimal.ONE, BigDecimal.ONE);
        List<Grant> grants = daily(200).stream()
                .map(grant -> grant(grant, null, rollover, null))
                .toList();

        assertThat(segments(grants, 250)).hasSize(250);
        assertThatThrownBy(() -> segments(grants, 251))
                .isInstanceOf(Refusal.class)
                .hasMessage("the history has more than 100000 balances of grants until 2026-09-09T00:00:00Z; use a"
                        + " shorter range");
    }

    private static List<BalanceHistory.Segment> segments(List<Grant> grants, int days) {
        var range = new HistoryRange(START, START.plusSeconds(days * 86_400L), WindowSize.MONTH, ZoneOffset.UTC);
        var ledger = HistoryLedger.of(PRESERVING, grants, List.of(), range);
        return ledger.history(Collections.nCopies(ledger.usage().size(), BigDecimal.ZERO))
                .segments();
    }

    @Test
    void limitsThePeriodsOfAHistory() {
        var hourly = new Terms.Metered(UsagePeriod.of("PT1H", START), START, null, 1, false, false, false);
        var range = new HistoryRange(START, Instant.parse("2028-01-01T00:00:00Z"), WindowSize.MONTH, ZoneOffset.UTC);

        assertThatThrownBy(() -> HistoryLedger.of(hourly, List.of(), List.of(), range))
                .isInstanceOf(Refusal.class)
                .hasMessageEndingWith("depends on more than 10000 usage periods; use a shorter range");
    }

    @Test
    void limitsTheWindows() {
        var most = new HistoryRange(START, START.plusSeconds(1000L * 3600), WindowSize.HOUR, ZoneOffset.UTC);
        var more = new HistoryRange(START, most.to().plusSeconds(1), WindowSize.HOUR, ZoneOffset.UTC);

        assertThat(most.windows()).hasSize(1000);
        assertThatThrownBy(more::windows)
                .isInstanceOf(Refusal.class)
                .hasMessageEndingWith("or a shorter range that ends by " + most.to());
    }
}
