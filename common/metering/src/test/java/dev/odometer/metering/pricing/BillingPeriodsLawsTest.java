package dev.odometer.metering.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.money.Money;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Periods tile time, for all cadences and anchors, compared with {@link DayLoop}. */
class BillingPeriodsLawsTest {

    private static final List<String> CADENCES =
            List.of("P1D", "P1W", "P2W", "P4W", "P1M", "P3M", "P6M", "P12M", "P1Y");
    /** Eight years with two leap days, and the day that Apia skipped. */
    private static final LocalDate FIRST = LocalDate.parse("2008-01-01");

    private static final LocalDate LAST = LocalDate.parse("2015-12-31");
    /** Midnight, hours that many zones skip or repeat, and the last microsecond of a day. */
    private static final List<LocalTime> TIMES = Stream.of(
                    "00:00", "00:30", "01:30", "02:15", "03:00", "23:59:59.999999")
            .map(LocalTime::parse)
            .toList();

    /** Sao Paulo and Casablanca change their clocks at midnight, Lord Howe by half an hour and Troll by two hours. */
    static Stream<String> zonesWithDaylightSaving() {
        return Stream.of(
                "Africa/Casablanca",
                "America/New_York",
                "America/Sao_Paulo",
                "America/St_Johns",
                "Antarctica/Troll",
                "Asia/Tehran",
                "Australia/Lord_Howe",
                "Europe/Berlin",
                "Europe/London",
                "Pacific/Apia");
    }

    static Stream<String> zones() {
        return Stream.concat(Stream.of("UTC"), zonesWithDaylightSaving());
    }

    private static CalendarDuration cadence(String text) {
        return CalendarDuration.parse("cadence", text);
    }

    /** A day of the eight years and a time of day for each; times rotate, so that each day of a month meets all. */
    @ParameterizedTest
    @MethodSource("zones")
    void tileForAllAnchorsAndCadences(ZoneId zone) {
        for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            LocalTime time = TIMES.get(Math.floorMod(day.toEpochDay(), TIMES.size()));
            for (String cadence : CADENCES) {
                assertTiles(cadence(cadence), ZonedDateTime.of(day, time, zone), 3);
            }
        }
    }

    /** Anchors on the 29th to the 31st and at leap days, for years. */
    @ParameterizedTest
    @MethodSource("zones")
    void tileForLongFromTheEndOfAMonth(ZoneId zone) {
        Stream.of("2008-01-29", "2008-02-29", "2008-08-30", "2011-12-31", "2009-01-31")
                .map(LocalDate::parse)
                .flatMap(day -> TIMES.stream().map(time -> ZonedDateTime.of(day, time, zone)))
                .forEach(anchor -> CADENCES.stream()
                        .filter(cadence -> cadence.endsWith("M") || cadence.endsWith("Y"))
                        .forEach(cadence -> assertTiles(cadence(cadence), anchor, cadence.equals("P1M") ? 60 : 9)));
    }

    /** Anchors a cadence before each local time that a zone skips or repeats, and inside of it. */
    @ParameterizedTest
    @MethodSource("zonesWithDaylightSaving")
    void tileOverEveryGapAndOverlap(ZoneId zone) {
        var from = FIRST.atStartOfDay(zone).toInstant();
        var to = LAST.atStartOfDay(zone).toInstant();
        ZoneOffsetTransition next = zone.getRules().nextTransition(from);
        int transitions = 0;
        while (next != null && next.getInstant().isBefore(to)) {
            var inside = next.getDateTimeBefore().isBefore(next.getDateTimeAfter())
                    ? next.getDateTimeBefore()
                    : next.getDateTimeAfter();
            for (var local : List.of(inside, inside.plusMinutes(15), inside.plusMinutes(59))) {
                for (String cadence : CADENCES) {
                    CalendarDuration duration = cadence(cadence);
                    assertTiles(duration, duration.addTo(local.atZone(zone), -1), 3);
                    assertTiles(duration, local.atZone(zone).withLaterOffsetAtOverlap(), 2);
                    assertTiles(duration, local.atZone(zone).withEarlierOffsetAtOverlap(), 2);
                }
            }
            transitions++;
            next = zone.getRules().nextTransition(next.getInstant());
        }
        assertThat(transitions).isGreaterThan(8);
    }

    /** Compares the first periods from the anchor, and the one before, with those of the oracle. */
    private static void assertTiles(CalendarDuration cadence, ZonedDateTime anchor, int count) {
        var periods = new BillingPeriods(cadence, anchor.toInstant(), anchor.getZone());
        Instant start = anchor.toInstant();
        for (Instant end : DayLoop.starts(cadence, anchor, count)) {
            // A day that a zone skips has no period.
            if (!end.equals(start)) {
                assertPeriod(periods, start, end);
            }
            start = end;
        }
        Window before = periods.containing(anchor.toInstant().minusNanos(1000));
        if (!before.end().equals(anchor.toInstant())
                || !periods.after(before).start().equals(before.end())) {
            throw new AssertionError(periods + ": " + before);
        }
    }

    /** Without AssertJ, since it is called millions of times. */
    private static void assertPeriod(BillingPeriods periods, Instant start, Instant end) {
        var expected = new Window(start, end);
        Instant last = end.minusNanos(1000);
        if (!periods.containing(start).equals(expected)
                || !periods.containing(last).equals(expected)
                || !periods.after(expected).start().equals(end)
                || !periods.isBoundary(start)
                || periods.isBoundary(last)) {
            throw new AssertionError(periods + " expected " + expected + " but was " + periods.containing(start)
                    + " and " + periods.containing(last));
        }
    }

    @Property(tries = 2000)
    void coverAServiceWithoutGaps(
            @ForAll("cadences") CalendarDuration cadence,
            @ForAll("zones") ZoneId zone,
            @ForAll("times") Instant anchor,
            @ForAll("times") Instant from,
            @ForAll @LongRange(min = 1, max = 30_000_000) long seconds) {
        var periods = new BillingPeriods(cadence, anchor, zone);
        var service = new Window(from, from.plusSeconds(seconds));

        Instant at = service.start();
        while (at.isBefore(service.end())) {
            Window full = periods.containing(at);
            assertThat(full.start()).isBeforeOrEqualTo(at);
            assertThat(full.end()).isAfter(at);
            assertThat(at.equals(service.start()) || at.equals(full.start())).isTrue();
            at = full.end();
        }
        assertThat(at).isAfterOrEqualTo(service.end());
    }

    /** Far from the anchor, too, the period is found that contains the time. */
    @Property(tries = 2000)
    void containTheTimeCenturiesFromTheAnchor(
            @ForAll("cadences") CalendarDuration cadence,
            @ForAll("zones") ZoneId zone,
            @ForAll("times") Instant anchor,
            @ForAll @IntRange(min = -1000, max = 1000) int years) {
        var time = anchor.plus(years * 365L, ChronoUnit.DAYS);

        Window period = new BillingPeriods(cadence, anchor, zone).containing(time);

        assertThat(period.contains(time)).isTrue();
    }

    @Property(tries = 2000)
    void prorateToTheFee(
            @ForAll("fees") BigDecimal fee,
            @ForAll("currencies") Currency currency,
            @ForAll @Size(min = 0, max = 6) List<@LongRange(min = 1, max = 2_678_399_999_999L) Long> cuts) {
        Instant start = Instant.parse("2025-01-01T00:00:00Z");
        var full = new Window(start, Instant.parse("2025-02-01T00:00:00Z"));
        List<Window> services = cut(full, cuts);

        Money sum = services.stream()
                .map(service -> Proration.prorated(fee, service, full, currency))
                .reduce(Money.zero(currency), Money::plus);

        BigDecimal halfUnit = BigDecimal.valueOf(5, currency.getDefaultFractionDigits() + 1);
        assertThat(sum.amount().subtract(fee).abs())
                .isLessThanOrEqualTo(halfUnit.multiply(BigDecimal.valueOf(services.size())));
        List<BigDecimal> weights = services.stream()
                .map(service -> BigDecimal.valueOf(ChronoUnit.MICROS.between(service.start(), service.end())))
                .toList();
        Money rounded = Money.rounded(fee, currency);
        assertThat(rounded.allocate(weights).stream().reduce(Money.zero(currency), Money::plus))
                .isEqualTo(rounded);
    }

    private static List<Window> cut(Window full, List<Long> micros) {
        var bounds = new ArrayList<>(List.of(full.start()));
        micros.stream()
                .sorted()
                .map(cut -> full.start().plus(cut, ChronoUnit.MICROS))
                .forEach(bounds::add);
        bounds.add(full.end());
        var windows = new ArrayList<Window>();
        for (int i = 1; i < bounds.size(); i++) {
            windows.add(new Window(bounds.get(i - 1), bounds.get(i)));
        }
        return windows;
    }

    @Provide("zones")
    Arbitrary<ZoneId> anyZone() {
        return Arbitraries.of(zones().toList()).map(ZoneId::of);
    }

    @Provide
    Arbitrary<CalendarDuration> cadences() {
        return Arbitraries.of(CADENCES).map(BillingPeriodsLawsTest::cadence);
    }

    @Provide
    Arbitrary<Instant> times() {
        return Arbitraries.longs()
                .between(0, 8L * 365 * 86_400)
                .map(FIRST.atStartOfDay(ZoneId.of("UTC")).toInstant()::plusSeconds);
    }

    @Provide
    Arbitrary<BigDecimal> fees() {
        return PricingArbitraries.amounts();
    }

    @Provide
    Arbitrary<Currency> currencies() {
        return PricingArbitraries.currencies();
    }
}
