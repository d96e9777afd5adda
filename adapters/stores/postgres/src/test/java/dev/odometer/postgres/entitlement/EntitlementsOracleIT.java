package dev.odometer.postgres.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.entitlement.BalanceHistory;
import dev.odometer.metering.entitlement.EntitlementStores;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Grant;
import dev.odometer.metering.entitlement.HistoryRange;
import dev.odometer.metering.entitlement.Reset;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.entitlement.UsagePeriod;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.WindowSize;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.rollup.Pace;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Statuses of entitlements in PostgreSQL equal those of the in-memory store, after random changes and folds. */
class EntitlementsOracleIT {

    private static final Instant START = Instant.parse("2026-01-30T22:10:00Z");
    private static final int MINUTES = 5 * 24 * 60;
    private static final List<Aggregation> KINDS =
            List.of(Aggregation.SUM, Aggregation.COUNT, Aggregation.UNIQUE_COUNT, Aggregation.LATEST);
    private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);

    private final Random random = new Random();
    private List<EntitlementStores> houses = List.of();
    private int number;

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void haveTheSameStatusAsInMemory(@ForAll long seed) {
        random.setSeed(seed);
        number = 0;
        var pace = new Pace(
                pick(List.of(1, 3, 64)), pick(List.of(4, 40, 32_000)), 1 + random.nextInt(20), random.nextInt(4));
        EntitlementStores real = TestDatabase.house(TestDatabase.emptyStore(CLOCK, pace));
        houses = List.of(real, EntitlementStores.inMemory());
        List<Meter> late = new ArrayList<>(KINDS.stream().map(Examples::meter).toList());
        events();
        late.forEach(meter -> both(house -> house.meters().add(meter)));
        List<String> entitlements = entitlements(late);
        for (int i = 0; i < 25; i++) {
            switch (random.nextInt(6)) {
                case 0 -> grant(pick(entitlements));
                case 1 -> reset(pick(entitlements));
                case 2 -> voids();
                default -> events();
            }
        }
        for (int i = 0; i < 6; i++) {
            Instant time = random.nextBoolean() ? minute() : minute().plusMillis(random.nextInt(100_000_000));
            String customer = pick(List.of("acme", "c-globex"));
            assertThat(real.entitlements().statuses(customer, null, time))
                    .as("%s at %s", customer, time)
                    .isEqualTo(houses.get(1).entitlements().statuses(customer, null, time));
        }
        haveTheSameHistories(entitlements);
    }

    private void haveTheSameHistories(List<String> entitlements) {
        for (String entitlement : entitlements) {
            Instant from = minute();
            var range = new HistoryRange(
                    from,
                    from.plus(Duration.ofMinutes(1 + random.nextInt(MINUTES))),
                    pick(List.of(WindowSize.HOUR, WindowSize.DAY, WindowSize.MONTH)),
                    ZoneId.of("Asia/Kathmandu"));
            var histories = new ArrayList<Optional<BalanceHistory>>();
            both(house -> histories.add(house.entitlements().history(entitlement, range)));
            assertThat(histories).as("%s in %s", entitlement, range).doesNotContain(Optional.empty());
            assertThat(histories.stream().distinct()).hasSizeLessThanOrEqualTo(1);
        }
    }

    /** Applies a change to both stores and asserts that both accept it or refuse it with the same kind. */
    private void both(Consumer<EntitlementStores> act) {
        List<Optional<RefusalKind>> outcomes = new ArrayList<>();
        for (EntitlementStores house : houses) {
            try {
                act.accept(house);
                outcomes.add(Optional.empty());
            } catch (Refusal refusal) {
                outcomes.add(Optional.of(refusal.kind()));
            }
        }
        assertThat(outcomes.get(0)).isEqualTo(outcomes.get(1));
    }

    private List<String> entitlements(List<Meter> meters) {
        var customers = List.of(Examples.customer("acme", "s1", "s2"), Examples.customer("globex"));
        customers.forEach(customer -> both(house -> house.customers().add(customer)));
        var ids = new ArrayList<String>();
        for (Meter meter : meters) {
            Feature feature = Examples.feature(
                    "f_" + meter.slug(),
                    meter,
                    random.nextBoolean() ? Map.of() : Map.of("model", TextFilter.of(TextFilter.Op.NE, "b")));
            both(house -> house.features().add(feature));
            var customer = pick(customers);
            var entitlement = Examples.entitlement("e-" + meter.slug(), customer, feature, terms());
            both(house -> house.entitlements().add(entitlement));
            ids.add(entitlement.id());
        }
        return ids;
    }

    private Terms.Metered terms() {
        boolean preserves = random.nextInt(3) == 0;
        String interval = preserves ? pick(List.of("DAY", "P1DT3H")) : pick(List.of("DAY", "PT7H30M", "MONTH", "P2D"));
        return new Terms.Metered(
                UsagePeriod.of(interval, START.minus(Duration.ofMinutes(random.nextInt(9000)))),
                minute(),
                random.nextInt(5) == 0 ? null : new BigDecimal(random.nextInt(150)).movePointLeft(1),
                1 + random.nextInt(2),
                random.nextBoolean(),
                random.nextInt(5) == 0,
                preserves);
    }

    private void grant(String entitlement) {
        boolean rolls = random.nextInt(3) == 0;
        var grant = new Grant(
                "g" + number++,
                entitlement,
                new BigDecimal(1 + random.nextInt(200)).movePointLeft(1),
                1 + random.nextInt(2),
                minute(),
                random.nextBoolean()
                        ? null
                        : new Grant.Expiration(pick(List.of(Grant.Expiration.Unit.values())), 1 + random.nextInt(3)),
                new Grant.Rollover(rolls ? BigDecimal.ONE : BigDecimal.ZERO, rolls ? BigDecimal.TEN : BigDecimal.ZERO),
                random.nextInt(3) == 0 ? Grant.recurrence(pick(List.of("DAY", "P1DT5H", "MONTH")), minute()) : null,
                Map.of(),
                Map.of(),
                START.plusSeconds(random.nextInt(3)),
                null);
        both(house -> house.entitlements().grant(grant));
    }

    private void reset(String entitlement) {
        Instant at = minute().plusSeconds(random.nextInt(60));
        var reset = new Reset(at, random.nextBoolean() ? at : START, random.nextBoolean());
        both(house -> house.entitlements().reset(entitlement, reset));
    }

    private void voids() {
        String grant = "g" + random.nextInt(number + 1);
        Instant at = minute().plusSeconds(random.nextInt(60));
        both(house -> house.entitlements().voidGrant(grant, at));
    }

    private void events() {
        var events = new ArrayList<UsageEvent>();
        for (int i = random.nextInt(15); i >= 0; i--) {
            events.add(new UsageEvent(
                    "1.0",
                    "e" + random.nextInt(200),
                    "s",
                    "prompt",
                    pick(List.of("acme", "s1", "s2", "globex", "unknown")),
                    START.plusMillis(random.nextInt(MINUTES * 60_000)),
                    null,
                    null,
                    Map.of("tokens", pick(List.of("0.1", "3", "-2", "7.25", "x")), "model", pick(List.of("a", "b")))));
        }
        both(house -> house.usage().append(events));
    }

    private Instant minute() {
        int minute = random.nextInt(MINUTES);
        return START.plusSeconds(60L * (minute - minute % 30));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
