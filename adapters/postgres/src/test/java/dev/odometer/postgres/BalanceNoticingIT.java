package dev.odometer.postgres;

import static dev.odometer.entitlement.Examples.customer;
import static dev.odometer.entitlement.Examples.entitlement;
import static dev.odometer.entitlement.Examples.feature;
import static dev.odometer.entitlement.Examples.grant;
import static dev.odometer.entitlement.Examples.monthly;
import static dev.odometer.postgres.Watched.CLOCK;
import static dev.odometer.postgres.Watched.NOW;
import static dev.odometer.postgres.Watched.amount;
import static dev.odometer.postgres.Watched.event;
import static dev.odometer.postgres.Watched.raised;
import static dev.odometer.postgres.Watched.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.customer.Customer;
import dev.odometer.entitlement.Feature;
import dev.odometer.entitlement.Reset;
import dev.odometer.meter.Aggregation;
import dev.odometer.notification.Examples;
import dev.odometer.notification.Notification;
import dev.odometer.notification.Threshold;
import dev.odometer.notification.Threshold.Kind;
import dev.odometer.notification.Watch;
import dev.odometer.postgres.rollup.Pace;
import dev.odometer.usage.UsageEvent;
import java.math.BigDecimal;
import java.time.Duration;
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

/** What rules on balances and resets notice: acme, and its bot, may use 100 tokens a month. */
class BalanceNoticingIT {

    private static final Pace BUSY = new Pace(5, 40, 20, 3);
    private static final Customer ACME = customer("acme", "bot");
    private static final Feature TOKENS = feature("tokens", tokens(Aggregation.SUM), Map.of());

    private final List<String> woken = new ArrayList<>();
    private PostgresStore store = TestDatabase.emptyStore(CLOCK);

    @BeforeEach
    void startWithAnEntitlement() {
        TestDatabase.emptyStore(CLOCK);
        store = new PostgresStore(TestDatabase.source(), CLOCK, () -> woken::add);
        store.meters().add(tokens(Aggregation.SUM));
        store.notifications().put(Watched.channel());
        store.customers().add(ACME);
        store.features().add(TOKENS);
        store.entitlements().add(entitlement("e-1", ACME, TOKENS, monthly("100")));
    }

    private static Threshold line(Kind kind, String value) {
        return new Threshold(kind, new BigDecimal(value));
    }

    private void watch(Map<String, String> features, Threshold... lines) {
        store.notifications()
                .put(Examples.rule(2, new Watch.OfBalances(features, Arrays.asList(lines)), Watched.CHANNEL));
    }

    private void count(String id, String subject, String tokens) {
        store.usage().append(List.of(event(id, subject, tokens, NOW)));
    }

    private List<String> told(String... path) {
        return raised(store).stream().map(one -> amount(one, path)).toList();
    }

    @Test
    void tellsWhenAShareIsUsedByAllSubjectsTogether() {
        watch(Map.of(), line(Kind.USAGE_PERCENTAGE, "90"));

        count("a", "acme", "60");
        count("b", "bot", "30");
        assertThat(raised(store)).isEmpty();
        count("c", "bot", "0.5");

        Notification one = raised(store).get(0);
        assertThat(one.type()).isEqualTo("entitlements.balance.threshold");
        assertThat(one.text("data", "entitlement", "id")).contains("e-1");
        assertThat(one.featureKey()).contains("tokens");
        assertThat(one.text("data", "customer", "id")).contains(ACME.id());
        assertThat(amount(one, "value", "usage")).isEqualTo("90.5");
        assertThat(amount(one, "value", "balance")).isEqualTo("9.5");
        assertThat(amount(one, "value", "totalAvailableGrantAmount")).isEqualTo("100");
        assertThat(amount(one, "value", "hasAccess")).isEqualTo("true");
        assertThat(amount(one, "threshold", "type")).isEqualTo("usage_percentage");
        assertThat(woken).containsExactly("deliverNotifications");
    }

    @Test
    void tellsEachOnceAPeriodAlsoAfterATopUp() {
        watch(Map.of(), line(Kind.USAGE_PERCENTAGE, "75"), line(Kind.USAGE_PERCENTAGE, "90"));

        count("a", "acme", "95");
        store.entitlements().grant(grant("g-1", "e-1", "30", "2026-03-02T11:00:00Z"));
        count("b", "acme", "1");
        count("c", "acme", "4");
        count("d", "acme", "30");

        // 95 of 100, 96 of 130, 100 of 130, 130 of 130.
        assertThat(told("threshold", "value")).containsExactlyInAnyOrder("90", "75");
    }

    @Test
    void tellsUsageAndBalanceApart() {
        watch(Map.of(), line(Kind.USAGE_VALUE, "50"), line(Kind.BALANCE_VALUE, "20"), line(Kind.BALANCE_VALUE, "0"));

        count("a", "acme", "85");
        count("b", "acme", "15");

        assertThat(told("threshold", "type"))
                .containsExactlyInAnyOrder("usage_value", "balance_value", "balance_value");
    }

    @Test
    void looksAtTheFeaturesItWasAskedToLookAt() {
        Feature other = feature("other", tokens(Aggregation.SUM), Map.of());
        store.features().add(other);
        watch(Map.of(other.id(), other.key()), line(Kind.USAGE_VALUE, "10"));

        count("a", "acme", "50");
        assertThat(raised(store)).isEmpty();

        store.entitlements().add(entitlement("e-2", ACME, other, monthly("100")));
        count("b", "acme", "1");
        assertThat(told("entitlement", "id")).containsExactly("e-2");
    }

    @Test
    void alertsForThePeriodBeforeAndForNoneOlder() {
        watch(Map.of(), line(Kind.USAGE_VALUE, "10"));

        store.usage()
                .append(List.of(
                        event("a", "acme", "11", NOW.minus(Duration.ofDays(10))),
                        event("b", "acme", "12", NOW.minus(Duration.ofDays(40)))));

        assertThat(told("value", "usage")).containsExactly("11");
        assertThat(told("entitlement", "currentUsagePeriod", "from")).containsExactly("2026-02-01T00:00:00Z");
    }

    @Test
    void countsWhatIsAheadOfTheClockInItsPeriod() {
        watch(Map.of(), line(Kind.USAGE_VALUE, "10"));

        store.usage().append(List.of(event("a", "acme", "11", NOW.plus(Duration.ofHours(5)))));

        assertThat(told("value", "usage")).containsExactly("11");
    }

    @Test
    void tellsNothingOfWhatIsGone() {
        watch(Map.of(), line(Kind.USAGE_VALUE, "10"));
        store.entitlements().delete("e-1", NOW);

        count("a", "acme", "50");

        assertThat(raised(store)).isEmpty();
    }

    @RepeatedTest(3)
    void tellsEachOnceWhateverWritersDoAtTheSameTime() throws Exception {
        watch(Map.of(), line(Kind.USAGE_VALUE, "10"), line(Kind.USAGE_VALUE, "50"), line(Kind.BALANCE_VALUE, "1"));
        List<PostgresStore> stores = List.of(store, new PostgresStore(TestDatabase.source(), CLOCK, BUSY));
        List<UsageEvent> events = IntStream.range(0, 100)
                .mapToObj(i -> event("e" + i, i % 2 == 0 ? "acme" : "bot", "1", NOW))
                .toList();

        inParallel(8, writer -> appendAll(stores.get(writer % 2), events, writer));

        List<Notification> all = new ArrayList<>(raised(store));
        all.sort(Comparator.comparing(one -> new BigDecimal(amount(one, "value", "usage"))));
        assertThat(all.stream().filter(one -> amount(one, "threshold", "type").equals("usage_value")))
                .extracting(one -> amount(one, "threshold", "value"))
                .doesNotHaveDuplicates()
                .endsWith("50");
        assertThat(all.stream().filter(one -> amount(one, "threshold", "type").equals("balance_value")))
                .extracting(one -> amount(one, "value", "balance"))
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
    void tellsOfAResetByHand() {
        store.notifications().put(Examples.rule(3, new Watch.OfResets(Map.of()), Watched.CHANNEL));
        count("a", "acme", "50");

        store.entitlements().reset("e-1", new Reset(NOW, NOW, false));

        Notification one = raised(store).get(0);
        assertThat(one.type()).isEqualTo("entitlements.reset");
        assertThat(amount(one, "value", "balance")).isEqualTo("100");
        assertThat(amount(one, "entitlement", "currentUsagePeriod", "from")).isEqualTo(NOW.toString());
        assertThat(one.text("data", "threshold", "type")).isEmpty();
        assertThat(woken).containsExactly("deliverNotifications");
    }

    @Test
    void tellsOnceOfAPeriodThatBegins() throws Exception {
        // As the examples have it, from 2026-11-02 on.
        store.notifications().put(Examples.rule(3, new Watch.OfResets(Map.of()), Watched.CHANNEL));

        assertThat(store.notifications().noticeResets(Instant.parse("2026-11-30T23:59:59Z")))
                .isZero();
        Instant december = Instant.parse("2026-12-01T00:00:30Z");
        assertThat(inParallel(4, n -> store.notifications().noticeResets(december)))
                .isEqualTo(1);
        assertThat(store.notifications().noticeResets(december)).isZero();
        assertThat(store.notifications().noticeResets(Instant.parse("2027-03-05T00:00:00Z")))
                .isEqualTo(1);

        assertThat(told("entitlement", "currentUsagePeriod", "from"))
                .containsExactly("2026-12-01T00:00:00Z", "2027-03-01T00:00:00Z");
    }

    @Test
    void looksForNothingWithoutARuleOnResets() {
        assertThat(store.notifications().noticeResets(NOW.plus(Duration.ofDays(400))))
                .isZero();
    }
}
