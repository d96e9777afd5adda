package dev.odometer.metering.subscription;

import static dev.odometer.metering.subscription.SubscriptionExamples.add;
import static dev.odometer.metering.subscription.SubscriptionExamples.fee;
import static dev.odometer.metering.subscription.SubscriptionExamples.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.pricing.BillingPeriods;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.usage.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Periods, phases and services have no gap and no overlap, whatever the anchor and the edits. */
class TilingTest {

    private static final LocalDate FIRST = LocalDate.of(2023, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2030, 12, 31);
    private static final List<ZoneId> ZONES = List.of(
                    "UTC",
                    "America/New_York",
                    "America/Sao_Paulo",
                    "America/St_Johns",
                    "Asia/Kathmandu",
                    "Asia/Tehran",
                    "Australia/Lord_Howe",
                    "Europe/Berlin",
                    "Pacific/Apia",
                    "Pacific/Chatham")
            .stream()
            .map(ZoneId::of)
            .toList();

    @ParameterizedTest
    @ValueSource(strings = {"P1W", "P2W", "P4W", "P1M", "P3M", "P6M", "P12M", "P1Y"})
    void periodsTileForEveryAnchorOfEightYears(String cadence) {
        CalendarDuration duration = CalendarDuration.parse("cadence", cadence);
        var faults = new ArrayList<String>();
        for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            List<LocalDate> expected = expected(day, duration);
            for (ZoneId zone : ZONES) {
                Instant anchor = day.atTime(LocalTime.of(2, 30)).atZone(zone).toInstant();
                var periods = new BillingPeriods(duration, anchor, zone);
                if (!tiles(periods, anchor, expected, zone)) {
                    faults.add(cadence + " from " + day + " in " + zone);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    /** The first days of 14 periods, found by counting days, and by counting months day by day at the end of months. */
    private static List<LocalDate> expected(LocalDate anchor, CalendarDuration cadence) {
        var days = new ArrayList<LocalDate>();
        LocalDate day = anchor;
        int months = 0;
        int since = 0;
        while (days.size() < 14) {
            boolean isStart = cadence.days() > 0
                    ? since % cadence.days() == 0
                    : months % cadence.months() == 0 && day.getDayOfMonth() == last(day, anchor.getDayOfMonth());
            if (isStart) {
                days.add(day);
            }
            LocalDate next = day.plusDays(1);
            months += next.getMonthValue() == day.getMonthValue() ? 0 : 1;
            since++;
            day = next;
        }
        return days;
    }

    private static int last(LocalDate month, int day) {
        return Math.min(day, month.lengthOfMonth());
    }

    private static boolean tiles(BillingPeriods periods, Instant anchor, List<LocalDate> days, ZoneId zone) {
        Window period = periods.containing(anchor);
        if (!period.start().equals(anchor)
                || !periods.containing(anchor.minusNanos(1)).end().equals(anchor)) {
            return false;
        }
        for (int i = 1; i < days.size(); i++) {
            if (!period.end().atZone(zone).toLocalDate().equals(days.get(i))
                    || !periods.containing(period.end().minusNanos(1)).equals(period)) {
                return false;
            }
            period = periods.after(period);
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void phasesAndServicesTileTheSubscriptionAfterAnyEdits(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Subscription subscription = edited(random);

            assertThat(tiles(subscription))
                    .as("seed %d, round %d: %s", seed, i, subscription)
                    .isTrue();
        }
    }

    private static Subscription edited(Random random) {
        Instant start =
                FIRST.plusDays(random.nextInt(2900)).atStartOfDay(ZONES.get(0)).toInstant();
        Subscription subscription = subscription("s", start.plusSeconds(random.nextInt(86_400)));
        Instant now = subscription.activeFrom();
        for (int i = 0; i < 8; i++) {
            now = now.plusSeconds(random.nextInt(20 * 86_400));
            try {
                subscription = subscription.edited(List.of(customization(random, i)), new Timing.Immediate(), now);
            } catch (Refusal doesNotFit) {
                // Other edits follow.
            }
        }
        return random.nextBoolean() ? subscription : subscription.canceled(new Timing.NextBillingCycle(), now);
    }

    private static Customization customization(Random random, int i) {
        String phase = random.nextBoolean() ? "trial" : "paid";
        String item = random.nextBoolean() ? "tokens" : "fee";
        String by = (random.nextBoolean() ? "-P" : "P") + (1 + random.nextInt(20)) + "D";
        return switch (random.nextInt(4)) {
            case 0 -> new Customization.RemoveItem(phase, item);
            case 1 -> add(phase, "n" + i, item.equals("fee") ? fee() : SubscriptionExamples.tokens("1", null));
            case 2 -> new Customization.StretchPhase(phase, Offset.parseSigned("by", by));
            default -> new Customization.RemovePhase("paid", random.nextBoolean());
        };
    }

    /** Phases follow each other, and the services of each item follow each other for as long as it is active. */
    private static boolean tiles(Subscription subscription) {
        Instant at = subscription.activeFrom();
        for (SubscriptionPhase phase : subscription.phases()) {
            Span span = subscription.span(phase);
            boolean isLast =
                    phase.equals(subscription.phases().get(subscription.phases().size() - 1));
            if (span.isEmpty() && subscription.activeTo() != null) {
                continue;
            }
            if (!span.from().equals(at) || (span.to() == null && !isLast)) {
                return false;
            }
            for (SubscriptionItem item : phase.items()) {
                if (!isServed(subscription, item, item.within(span))) {
                    return false;
                }
            }
            at = span.to() == null ? at : span.to();
        }
        return subscription.activeTo() == null || at.equals(subscription.activeTo());
    }

    private static boolean isServed(Subscription subscription, SubscriptionItem item, Span active) {
        Instant until = active.from().plusSeconds(400 * 86_400L);
        Instant at = active.from();
        for (ServicePeriod period : ServicePeriod.of(subscription, until)) {
            if (!period.item().id().equals(item.id())) {
                continue;
            }
            boolean isInFull = !period.full().start().isAfter(period.service().start())
                    && !period.full().end().isBefore(period.service().end());
            if (!period.service().start().equals(at) || !isInFull) {
                return false;
            }
            at = period.service().end();
        }
        return active.isEmpty()
                || (active.to() == null ? !at.isBefore(until) : at.equals(active.to()) || !at.isBefore(until));
    }

    @Test
    void chargesOnceWhatHasNoCadence() {
        var terms = PlanExamples.monthly(PlanExamples.phase("one", null, SubscriptionExamples.setup()));
        Subscription subscription = subscription("s", terms, SubscriptionExamples.NOW);

        assertThat(ServicePeriod.of(subscription, SubscriptionExamples.NOW.plusSeconds(99_999_999)))
                .singleElement()
                .satisfies(period -> {
                    assertThat(period.full()).isEqualTo(period.service());
                    assertThat(period.key(subscription)).isEqualTo("s/one/setup/v0/2026-01-31T10:00:00.123Z");
                });
    }
}
