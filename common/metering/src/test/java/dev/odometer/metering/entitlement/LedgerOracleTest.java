package dev.odometer.metering.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.usage.Window;
import dev.odometer.metering.usage.WindowSize;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** Compares the ledger with a replay minute by minute and unit by unit, for random terms, grants, resets and usage. */
class LedgerOracleTest {

    private static final Instant START = Instant.parse("2024-02-28T22:10:00Z");
    private static final int MINUTES = 3 * 24 * 60;

    private final Random random = new Random();
    private Terms.Metered terms = Examples.monthly("1");
    private List<Grant> grants = List.of();
    private List<Reset> resets = List.of();
    private List<Use> uses = List.of();
    private Kind kind = Kind.SUM;

    /** An event with its time and the value that the meter reads. */
    private record Use(Instant at, int value) {}

    /** The aggregation of the meter. */
    private enum Kind {
        SUM,
        UNIQUE_COUNT,
        LATEST
    }

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void agreesWithAReplay(@ForAll long seed) {
        start(seed);

        for (int i = 0; i < 4; i++) {
            Instant time = time();
            var ledger = Ledger.of(terms, grants, resets, time);
            Balance balance = ledger.balance(totals(ledger.usage()));

            assertThat(balance).as("%s %s", time, this).isEqualTo(replay().at(time));
            assertThat(balance.remaining().add(balance.usage()).subtract(balance.overage()))
                    .isEqualByComparingTo(balance.granted());
            assertThat(balance.remaining().signum() > 0 && balance.overage().signum() > 0)
                    .isFalse();
            assertThat(ledger.period().contains(time)).isTrue();
            // Only usage below zero gives a balance above what was granted.
            assertThat(balance.remaining().signum() > 0 && balance.remaining().compareTo(balance.granted()) > 0)
                    .isEqualTo(
                            balance.usage().signum() < 0 && balance.remaining().signum() > 0);
        }
    }

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void theHistoryAgreesWithAReplay(@ForAll long seed) {
        start(seed);
        Instant from = terms.measureFrom().plus(Duration.ofMinutes(random.nextInt(2000)));
        Instant to = from.plus(Duration.ofMinutes(1 + random.nextInt(2000)));
        var range = new HistoryRange(
                from, to, random.nextBoolean() ? WindowSize.HOUR : WindowSize.DAY, ZoneId.of("Asia/Kathmandu"));

        var ledger = HistoryLedger.of(terms, grants, resets, range);
        BalanceHistory history = ledger.history(totals(ledger.usage()));

        assertThat(history.windows().get(0).window().start()).isEqualTo(from);
        assertThat(history.segments().get(0).window().start()).isEqualTo(from);
        Instant end = from;
        for (BalanceHistory.UsageWindow window : history.windows()) {
            assertThat(window.window().start()).isEqualTo(end);
            assertThat(window.usage()).isEqualTo(total(kind, uses, window.window()));
            assertThat(window.balanceAtStart())
                    .as("%s %s", end, this)
                    .isEqualTo(replay().at(end).remaining());
            end = window.window().end();
        }
        assertThat(end).isEqualTo(to);
        assertThat(checkedSegments(history.segments(), from)).isEqualTo(to);
    }

    /** Returns the end of the last segment. */
    private Instant checkedSegments(List<BalanceHistory.Segment> segments, Instant from) {
        Instant end = from;
        for (BalanceHistory.Segment segment : segments) {
            assertThat(segment.window().start()).isEqualTo(end);
            Balance before = replay().at(end);
            Instant start = end;
            end = segment.window().end();
            ReplayedBalance replay = replay();
            Balance after = replay.at(end.minusNanos(1));
            assertThat(segment.balanceAtEnd()).as("%s %s", end, this).isEqualTo(after.remaining());
            assertThat(segment.overage()).isEqualTo(after.overage());
            assertThat(segment.usage()).isEqualTo(after.usage().subtract(before.usage()));
            assertThat(replay.changes())
                    .noneMatch(
                            change -> change.isAfter(start) && segment.window().contains(change));
            Map<String, BigDecimal> left = new HashMap<>(segment.grantsAtStart());
            segment.consumed().forEach((grant, amount) -> left.merge(grant, amount.negate(), BigDecimal::add));
            assertThat(left).isEqualTo(segment.grantsAtEnd());
            BigDecimal covered = segment.balanceAtStart().subtract(before.remaining());
            assertThat(covered).as("%s %s", start, this).isBetween(BigDecimal.ZERO, segment.balanceAtStart());
            assertThat(segment.balanceAtStart().subtract(segment.balanceAtEnd()))
                    .isEqualTo(
                            covered.add(segment.usage()).add(before.overage()).subtract(after.overage()));
        }
        return end;
    }

    private void start(long seed) {
        random.setSeed(seed);
        terms = terms();
        grants = grants();
        resets = resets();
        uses = uses();
        kind = pick(Kind.values());
    }

    private ReplayedBalance replay() {
        return new ReplayedBalance(terms, grants, resets, (from, to) -> total(kind, uses, new Window(from, to)));
    }

    private List<BigDecimal> totals(List<Window> windows) {
        return windows.stream().map(window -> total(kind, uses, window)).toList();
    }

    @Override
    public String toString() {
        return "%s %s %s %s %s".formatted(terms, grants, resets, kind, uses);
    }

    private static BigDecimal total(Kind kind, List<Use> uses, Window window) {
        List<Use> inside =
                uses.stream().filter(use -> window.contains(use.at())).toList();
        return BigDecimal.valueOf(
                switch (kind) {
                    case SUM -> inside.stream().mapToInt(Use::value).sum();
                    case UNIQUE_COUNT ->
                        inside.stream().map(Use::value).distinct().count();
                    case LATEST ->
                        inside.stream()
                                .max(Comparator.comparing(Use::at))
                                .map(Use::value)
                                .orElse(0);
                });
    }

    private Terms.Metered terms() {
        boolean preserves = random.nextInt(3) == 0;
        String interval = preserves
                ? pick("DAY", "P1DT3H", "PT24H30M")
                : pick("DAY", "PT1H", "PT7H30M", "P1DT3H", "WEEK", "MONTH", "P2D");
        return new Terms.Metered(
                UsagePeriod.of(interval, START.plus(Duration.ofMinutes(random.nextInt(20_000) - 10_000))),
                minute(MINUTES / 3),
                random.nextInt(5) == 0 ? null : BigDecimal.valueOf(random.nextInt(15)),
                1 + random.nextInt(3),
                random.nextBoolean(),
                false,
                preserves);
    }

    private List<Grant> grants() {
        var grants = new ArrayList<Grant>();
        for (int i = random.nextInt(6); i > 0; i--) {
            boolean rolls = terms.period().maxLength().toHours() >= 24 && random.nextInt(3) == 0;
            int least = rolls ? random.nextInt(4) : 0;
            Instant effective = minute(MINUTES);
            grants.add(new Grant(
                    "g" + i,
                    "e",
                    BigDecimal.valueOf(1 + random.nextInt(12)),
                    1 + random.nextInt(3),
                    effective,
                    random.nextInt(3) == 0
                            ? null
                            : new Grant.Expiration(
                                    pick(Grant.Expiration.Unit.HOUR, Grant.Expiration.Unit.DAY), 1 + random.nextInt(3)),
                    new Grant.Rollover(
                            BigDecimal.valueOf(least), BigDecimal.valueOf(rolls ? least + random.nextInt(8) : 0)),
                    random.nextInt(3) == 0
                            ? Grant.recurrence(pick("DAY", "P1DT5H30M", "P2D", "WEEK"), minute(2 * MINUTES))
                            : null,
                    Map.of(),
                    Map.of(),
                    START.plusSeconds(random.nextInt(3)),
                    random.nextInt(4) == 0 ? effective.plusSeconds(random.nextInt(100_000) - 100) : null));
        }
        return grants;
    }

    private List<Reset> resets() {
        var minutes = new HashSet<Instant>();
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> minute(MINUTES))
                .filter(at -> !at.isBefore(terms.measureFrom()) && minutes.add(at))
                .sorted()
                .map(at ->
                        new Reset(at, random.nextBoolean() ? at : terms.period().anchor(), random.nextBoolean()))
                .toList();
    }

    private List<Use> uses() {
        var times = new HashSet<Instant>();
        return IntStream.range(0, random.nextInt(40))
                .mapToObj(i -> START.plusSeconds(random.nextInt(MINUTES * 60)))
                .filter(times::add)
                .map(at -> new Use(at, random.nextInt(4) == 0 ? -random.nextInt(6) : random.nextInt(6)))
                .toList();
    }

    private Instant time() {
        return switch (random.nextInt(3)) {
            case 0 -> minute(MINUTES + 2000);
            case 1 -> START.plusNanos(random.nextLong(MINUTES * 60_000_000_000L));
            default -> minute(MINUTES).plusSeconds(3600L * random.nextInt(30));
        };
    }

    /** Half of the minutes are multiples of 30, so that grants, resets, periods and times often coincide. */
    private Instant minute(int within) {
        int minute = random.nextInt(within);
        return START.plus(Duration.ofMinutes(random.nextBoolean() ? minute : minute - minute % 30));
    }

    @SafeVarargs
    private <T extends @Nullable Object> T pick(T... from) {
        return from[random.nextInt(from.length)];
    }
}
