package dev.odometer.api.functions.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.api.functions.pricing.PriceDraft;
import dev.odometer.api.functions.pricing.RateCardDraft;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.EntitlementStores;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Quantity;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/**
 * Quantities and amounts of backtests equal those of loops over the raw events of each customer, for random events,
 * customers, aggregations and billing periods; one subclass per store.
 */
public abstract class BacktestContract {

    protected static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

    private static final Instant START = Instant.parse("2026-01-27T00:00:00Z");
    private static final List<String> MODELS = List.of("small", "large");
    private static final List<Integer> LENGTHS = List.of(1, 7, 14, 30);

    private static final List<Customer> CUSTOMERS = List.of(
            Examples.customer("acme", "a1", "a2", "a3"),
            Examples.customer("globex"),
            Examples.customer("initech", "i1"));

    private final Random random = new Random();

    protected abstract EntitlementStores empty(Random seeded);

    /** An event as the oracle sees it. */
    private record Raw(String id, String subject, String model, Instant at, int order, BigDecimal tokens) {

        private UsageEvent toEvent() {
            return new UsageEvent(
                    "1.0", id, "backtest", "prompt", subject, at, null, null, Map.of("tokens", tokens, "model", model));
        }
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    public void equalLoopsOverTheEvents(@ForAll long seed) {
        random.setSeed(seed);
        EntitlementStores stores = empty(random);
        CUSTOMERS.forEach(stores.customers()::add);
        List<Meter> late = new ArrayList<>(
                List.of(Aggregation.values()).stream().map(Examples::meter).toList());
        List<Raw> events = events();
        for (int from = 0; from < events.size(); ) {
            if (random.nextBoolean() && !late.isEmpty()) {
                stores.meters().add(late.remove(0));
            }
            int to = Math.min(events.size(), from + 1 + random.nextInt(40));
            stores.usage()
                    .append(events.subList(from, to).stream().map(Raw::toEvent).toList());
            from = to;
        }
        late.forEach(stores.meters()::add);
        List<Raw> counted = counted(events);
        for (Aggregation aggregation : Aggregation.values()) {
            boolean isFiltered = random.nextBoolean();
            String key = "f_" + aggregation.name().toLowerCase(java.util.Locale.ROOT);
            stores.features()
                    .add(Examples.feature(
                            key,
                            Examples.meter(aggregation),
                            isFiltered ? Map.of("model", TextFilter.in(List.of("small"))) : Map.of()));
            List<Raw> measured = counted.stream()
                    .filter(event -> !isFiltered || event.model.equals("small"))
                    .toList();
            check(stores, key, aggregation, measured);
        }
    }

    private List<Raw> events() {
        var events = new ArrayList<Raw>();
        int count = random.nextInt(200);
        for (int i = 0; i < count; i++) {
            String id = random.nextInt(10) == 0 && i > 0 ? "e" + random.nextInt(i) : "e" + i;
            events.add(new Raw(
                    id,
                    pick(List.of("a1", "a2", "a3", "acme", "globex", "i1", "nobody")),
                    pick(MODELS),
                    START.plusSeconds(random.nextInt(40 * 86_400)),
                    i,
                    new BigDecimal(random.nextInt(40)).movePointLeft(random.nextInt(2))));
        }
        return events;
    }

    /** Of events with the same id, the first. */
    private static List<Raw> counted(List<Raw> events) {
        Set<String> known = new HashSet<>();
        return events.stream().filter(event -> known.add(event.id)).toList();
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private void check(EntitlementStores stores, String key, Aggregation aggregation, List<Raw> events) {
        int days = pick(LENGTHS);
        String cadence = "P" + days + "D";
        Instant from = START.plusSeconds(60L * random.nextInt(10 * 1440));
        int periods = 1 + random.nextInt(3);
        List<Instant> bounds = new ArrayList<>(List.of(from));
        for (int i = 0; i < periods; i++) {
            bounds.add(bounds.get(i).plusSeconds(days * 86_400L));
        }
        boolean isNamed = random.nextBoolean();
        Map<String, List<Object>> expected = expected(events, aggregation, bounds, isNamed);
        var range = new Window(from, bounds.get(periods));
        BacktestView view = run(
                stores, isNamed, range, List.of(card(key, cadence, graduatedPrice()), card(key, cadence, unitPrice())));

        assertThat(view.data().stream()
                        .collect(Collectors.toMap(
                                BacktestView.Row::customerId,
                                row -> List.<Object>of(
                                        normal(new BigDecimal(row.quantity())),
                                        new BigDecimal(Objects.requireNonNull(
                                                        row.amounts().currentAmount())
                                                .orElseThrow()),
                                        new BigDecimal(
                                                String.valueOf(row.amounts().newAmount()))))))
                .as("%s of %s in %s", aggregation, cadence, bounds)
                .isEqualTo(expected);
    }

    /** The quantity and the amounts under both prices, by customer. */
    private static Map<String, List<Object>> expected(
            List<Raw> events, Aggregation aggregation, List<Instant> bounds, boolean isNamed) {
        int periods = bounds.size() - 1;
        Map<String, List<Object>> expected = new TreeMap<>();
        for (Customer customer : CUSTOMERS) {
            List<Raw> own = events.stream()
                    .filter(event -> customer.subjects().contains(event.subject))
                    .toList();
            List<Optional<BigDecimal>> usage = IntStream.range(0, periods)
                    .mapToObj(i -> value(aggregation, between(own, bounds.get(i), bounds.get(i + 1))))
                    .toList();
            if (isNamed || usage.stream().anyMatch(Optional::isPresent)) {
                List<BigDecimal> quantities = usage.stream()
                        .map(value -> value.orElse(BigDecimal.ZERO))
                        .toList();
                expected.put(
                        customer.id(),
                        List.of(
                                normal(sum(quantities)),
                                sum(quantities.stream()
                                        .map(BacktestContract::perUnit)
                                        .toList()),
                                sum(quantities.stream()
                                        .map(BacktestContract::graduated)
                                        .toList())));
            }
        }
        return expected;
    }

    private static BacktestView run(
            EntitlementStores stores, boolean isNamed, Window range, List<RateCardDraft> cards) {
        List<@Nullable String> named = isNamed ? new ArrayList<>(List.of("acme", "c-globex", "initech")) : null;
        return new BacktestPrices(
                        stores.customers(),
                        new FeatureLookup(stores.features()),
                        (payers, limits) ->
                                new CustomerUsage(new MeterLookup(stores.meters()), stores.usage(), payers, limits),
                        1000,
                        CLOCK)
                .apply(new BacktestPrices.Input(
                        range.start(), range.end(), "USD", List.of(cards.get(0)), List.of(cards.get(1)), named, null));
    }

    private static BigDecimal normal(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    private static List<Raw> between(List<Raw> events, Instant from, Instant to) {
        return events.stream()
                .filter(event -> !event.at.isBefore(from) && event.at.isBefore(to))
                .toList();
    }

    private static Optional<BigDecimal> value(Aggregation aggregation, List<Raw> events) {
        if (events.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal sum = sum(events.stream().map(Raw::tokens).toList());
        Comparator<Raw> byTime = Comparator.comparing(Raw::at).thenComparing(Raw::order);
        return Optional.of(
                switch (aggregation) {
                    case SUM -> sum;
                    case COUNT -> BigDecimal.valueOf(events.size());
                    case AVG -> Quantity.average(sum, events.size());
                    case MIN -> Collections.min(events, Comparator.comparing(Raw::tokens)).tokens;
                    case MAX -> Collections.max(events, Comparator.comparing(Raw::tokens)).tokens;
                    case LATEST -> Collections.max(events, byTime).tokens;
                    case UNIQUE_COUNT ->
                        BigDecimal.valueOf(events.stream()
                                .map(event -> event.tokens.stripTrailingZeros().toPlainString())
                                .distinct()
                                .count());
                });
    }

    private static BigDecimal sum(List<BigDecimal> values) {
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal cents(BigDecimal exact) {
        return exact.setScale(2, RoundingMode.HALF_UP);
    }

    /** 0.333 a unit, at least 2. */
    private static BigDecimal perUnit(BigDecimal quantity) {
        return cents(quantity.multiply(new BigDecimal("0.333"))).max(new BigDecimal("2.00"));
    }

    /** 1 for each unit up to 10, 5 once and 0.5 for each unit above. */
    private static BigDecimal graduated(BigDecimal quantity) {
        BigDecimal below = cents(quantity.min(BigDecimal.TEN));
        return quantity.compareTo(BigDecimal.TEN) <= 0
                ? below
                : below.add(new BigDecimal("5.00"))
                        .add(cents(quantity.subtract(BigDecimal.TEN).multiply(new BigDecimal("0.5"))));
    }

    private static RateCardDraft card(String key, String cadence, PriceDraft price) {
        return new RateCardDraft(
                "usage_based", key, key, null, null, key, null, null, Optional.of(cadence), Optional.of(price), null);
    }

    private static PriceDraft unitPrice() {
        return new PriceDraft("unit", "0.333", null, null, null, null, null, "2", null);
    }

    private static PriceDraft graduatedPrice() {
        return new PriceDraft(
                "tiered",
                null,
                null,
                "graduated",
                List.of(
                        new PriceDraft.TierDraft(Optional.of("10"), null, new PriceDraft.Component("unit", "1")),
                        new PriceDraft.TierDraft(
                                Optional.empty(),
                                new PriceDraft.Component("flat", "5"),
                                new PriceDraft.Component("unit", "0.5"))),
                null,
                null,
                null,
                null);
    }
}
