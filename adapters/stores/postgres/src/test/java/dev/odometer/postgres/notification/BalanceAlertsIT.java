package dev.odometer.postgres.notification;

import static dev.odometer.metering.entitlement.Examples.customer;
import static dev.odometer.metering.entitlement.Examples.entitlement;
import static dev.odometer.metering.entitlement.Examples.feature;
import static dev.odometer.metering.entitlement.Examples.monthly;
import static dev.odometer.metering.notification.AlertExamples.CLOCK;
import static dev.odometer.metering.notification.AlertExamples.NOW;
import static dev.odometer.metering.notification.AlertExamples.at;
import static dev.odometer.metering.notification.AlertExamples.event;
import static dev.odometer.metering.notification.AlertExamples.raised;
import static dev.odometer.metering.notification.AlertExamples.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.notification.AlertExamples;
import dev.odometer.metering.notification.Examples;
import dev.odometer.metering.notification.Notification;
import dev.odometer.metering.notification.RuleCondition;
import dev.odometer.metering.notification.Threshold;
import dev.odometer.metering.notification.Threshold.Kind;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.CountingSource;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.rollup.Pace;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * What PostgreSQL adds to the contract of rules on balances and resets: concurrent transactions and statement counts.
 */
class BalanceAlertsIT {

    private static final Pace BUSY = new Pace(5, 40, 20, 3);
    private static final Pace NEVER = new Pace(Integer.MAX_VALUE, Integer.MAX_VALUE, 20_000, Integer.MAX_VALUE);
    private static final Customer ACME = customer("acme", "bot");
    private static final Feature TOKENS = feature("tokens", tokens(Aggregation.SUM), Map.of());

    private final List<String> signals = new ArrayList<>();
    private PostgresStore store = TestDatabase.emptyStore(CLOCK);

    @BeforeEach
    void startWithAnEntitlement() {
        store = TestDatabase.emptyStore(CLOCK, () -> signals.add("due"));
        store.meters().add(tokens(Aggregation.SUM));
        store.notifications().put(AlertExamples.channel());
        store.customers().add(ACME);
        store.features().add(TOKENS);
        store.entitlements().add(entitlement("e-1", ACME, TOKENS, monthly("100")));
    }

    private static Threshold threshold(Kind kind, String value) {
        return new Threshold(kind, new BigDecimal(value));
    }

    private void watch(Map<String, String> features, Threshold... thresholds) {
        store.notifications()
                .put(Examples.rule(
                        2, new RuleCondition.OfBalances(features, Arrays.asList(thresholds)), AlertExamples.CHANNEL));
    }

    private List<String> valuesAt(String... path) {
        return raised(store.notifications()).stream().map(one -> at(one, path)).toList();
    }

    @RepeatedTest(3)
    void raisesEachThresholdOnceWithConcurrentWriters() throws Exception {
        watch(
                Map.of(),
                threshold(Kind.USAGE_VALUE, "10"),
                threshold(Kind.USAGE_VALUE, "50"),
                threshold(Kind.BALANCE_VALUE, "1"));
        List<PostgresStore> stores = List.of(store, TestDatabase.store(TestDatabase.source(), CLOCK, BUSY));
        List<UsageEvent> events = IntStream.range(0, 100)
                .mapToObj(i -> event("e" + i, i % 2 == 0 ? "acme" : "bot", "1", NOW))
                .toList();

        inParallel(8, writer -> appendAll(stores.get(writer % 2), events, writer));

        List<Notification> all = new ArrayList<>(raised(store.notifications()));
        all.sort(Comparator.comparing(one -> new BigDecimal(at(one, "value", "usage"))));
        assertThat(all.stream().filter(one -> at(one, "threshold", "type").equals("usage_value")))
                .extracting(one -> at(one, "threshold", "value"))
                .doesNotHaveDuplicates()
                .endsWith("50");
        assertThat(all.stream().filter(one -> at(one, "threshold", "type").equals("balance_value")))
                .extracting(one -> at(one, "value", "balance"))
                .containsExactly("0");
    }

    private static int appendAll(PostgresStore store, List<UsageEvent> events, int seed) {
        var random = new Random(seed);
        var shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(4));
            store.usage().append(shuffled.subList(from, to));
            from = to;
        }
        return 0;
    }

    private interface Work {
        int at(int n);
    }

    private static int inParallel(int threads, Work work) throws Exception {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            int sum = 0;
            for (Future<Integer> done : pool.invokeAll(IntStream.range(0, threads)
                    .<Callable<Integer>>mapToObj(n -> () -> work.at(n))
                    .toList())) {
                sum += done.get();
            }
            return sum;
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void raisesManyAlertsInAsManyStatementsAsOne() {
        var counting = new CountingSource(TestDatabase.source());
        var counted = TestDatabase.store(counting, CLOCK, NEVER);
        for (int i = 0; i < 20; i++) {
            Customer customer = customer("many-" + i, "many-" + i);
            store.customers().add(customer);
            store.entitlements().add(entitlement("many-" + i, customer, TOKENS, monthly("100")));
        }
        watch(Map.of(), threshold(Kind.USAGE_VALUE, "10"), threshold(Kind.USAGE_VALUE, "20"));
        // Caches the numbers of the series.
        counted.usage().append(many("a", 20, "1"));
        counted.usage().append(List.of(event("a", "acme", "1", NOW)));

        int one = statements(counting, counted, List.of(event("b", "acme", "11", NOW)));
        int many = statements(counting, counted, many("c", 20, "11"));

        assertThat(raised(store.notifications())).hasSize(21);
        assertThat(many).isEqualTo(one);
        // Three without rules, then: lock, balances (2), alerts raised before, feature, customer and subject, outbox.
        assertThat(many).isEqualTo(11);
    }

    private static int statements(CountingSource counting, PostgresStore counted, List<UsageEvent> events) {
        int before = counting.statements();
        counted.usage().append(events);
        return counting.statements() - before;
    }

    private static List<UsageEvent> many(String id, int n, String tokens) {
        return IntStream.range(0, n)
                .mapToObj(i -> event(id + i, "many-" + i, tokens, NOW))
                .toList();
    }

    @Test
    void raisesTheStartOfAPeriodOnce() throws Exception {
        // The period of the examples started on 2026-11-02.
        store.notifications().put(Examples.rule(3, new RuleCondition.OfResets(Map.of()), AlertExamples.CHANNEL));

        assertThat(store.notifications().raiseStartedPeriods(Instant.parse("2026-11-30T23:59:59Z")))
                .isZero();
        Instant december = Instant.parse("2026-12-01T00:00:30Z");
        assertThat(inParallel(4, n -> store.notifications().raiseStartedPeriods(december)))
                .isEqualTo(1);
        assertThat(store.notifications().raiseStartedPeriods(december)).isZero();
        assertThat(store.notifications().raiseStartedPeriods(Instant.parse("2027-03-05T00:00:00Z")))
                .isEqualTo(1);

        assertThat(valuesAt("entitlement", "currentUsagePeriod", "from"))
                .containsExactly("2026-12-01T00:00:00Z", "2027-03-01T00:00:00Z");
    }
}
