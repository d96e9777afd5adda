package dev.odometer.postgres.notification;

import static dev.odometer.metering.notification.AlertExamples.CLOCK;
import static dev.odometer.metering.notification.AlertExamples.NOW;
import static dev.odometer.metering.notification.AlertExamples.event;
import static dev.odometer.metering.notification.AlertExamples.raised;
import static dev.odometer.metering.notification.AlertExamples.rule;
import static dev.odometer.metering.notification.AlertExamples.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.notification.AlertExamples;
import dev.odometer.metering.notification.Notification;
import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.rollup.Pace;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;

/** Raises exactly the notifications that a replay in memory predicts. */
class AlertsOracleIT {

    private static final int WRITERS = 8;
    private static final Instant TODAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant YESTERDAY = Instant.parse("2026-03-01T00:00:00Z");
    private static final List<BigDecimal> THRESHOLDS =
            Stream.of("10", "25", "40", "90").map(BigDecimal::new).toList();
    private static final Pace BUSY = new Pace(5, 40, 20, 3);

    private record Day(String subject, Instant start) {}

    /** A notification of usage as text: rule, subject, day and threshold. */
    private static String raisedAlert(Notification notification) {
        return String.join(
                " ",
                notification.rule().id(),
                AlertExamples.subject(notification),
                AlertExamples.at(notification, "window", "from"),
                AlertExamples.at(notification, "threshold", "value"));
    }

    private static UsageEvent random(int id, Random random) {
        Duration ago = Duration.ofHours(random.nextInt(60));
        return event("e" + id, "subject-" + random.nextInt(3), String.valueOf(random.nextInt(9) - 1), NOW.minus(ago));
    }

    private static Day dayOf(UsageEvent event) {
        return new Day(event.subject(), event.happenedAt().truncatedTo(java.time.temporal.ChronoUnit.DAYS));
    }

    private static BigDecimal amount(UsageEvent event) {
        return new BigDecimal(
                String.valueOf(java.util.Objects.requireNonNull(event.data()).get("tokens")));
    }

    @RepeatedTest(6)
    void raisesWhatAReplayOfTheBatchesPredicts() {
        PostgresStore store = TestDatabase.emptyStore(CLOCK, BUSY);
        store.meters().add(tokens(Aggregation.SUM));
        store.notifications().put(AlertExamples.channel());
        var random = new Random();
        var rules = new TreeMap<String, Rule>();
        var usage = new HashMap<Day, BigDecimal>();
        Set<String> expected = new HashSet<>();
        Set<String> seen = new HashSet<>();
        for (int batch = 0; batch < 60; batch++) {
            changeRules(store, rules, batch);
            List<UsageEvent> events = random.ints(1 + random.nextInt(5), 0, 150)
                    .mapToObj(id -> random(id, new Random(id)))
                    .toList();
            store.usage().append(events);
            replay(events.stream().filter(one -> seen.add(one.id())).toList(), usage)
                    .forEach(day -> rules.values()
                            .forEach(rule -> raisedAlert(rule, day, usage).ifPresent(expected::add)));
        }

        assertThat(raised(store.notifications()).stream().map(AlertsOracleIT::raisedAlert))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static void changeRules(PostgresStore store, Map<String, Rule> rules, int batch) {
        if (batch % 20 == 5) {
            Rule added = rule(100 + batch, "10", "25", "40", "90");
            store.notifications().put(added);
            rules.put(added.id(), added);
        }
        if (batch == 35) {
            String first = rules.keySet().iterator().next();
            store.notifications().deleteRule(first, NOW);
            rules.remove(first);
        }
    }

    /** The days among today and yesterday that contain new events. */
    private static Set<Day> replay(List<UsageEvent> fresh, Map<Day, BigDecimal> usage) {
        Set<Day> days = new HashSet<>();
        for (UsageEvent event : fresh) {
            usage.merge(dayOf(event), amount(event), BigDecimal::add);
            if (!dayOf(event).start().isBefore(YESTERDAY)) {
                days.add(dayOf(event));
            }
        }
        return days;
    }

    private static java.util.Optional<String> raisedAlert(Rule rule, Day day, Map<Day, BigDecimal> usage) {
        return highest(usage.getOrDefault(day, BigDecimal.ZERO))
                .map(threshold ->
                        String.join(" ", rule.id(), day.subject(), day.start().toString(), threshold.toPlainString()));
    }

    private static java.util.Optional<BigDecimal> highest(BigDecimal value) {
        return THRESHOLDS.stream()
                .filter(threshold -> value.compareTo(threshold) > 0)
                .max(BigDecimal::compareTo);
    }

    @RepeatedTest(4)
    void raisesEachThresholdOnceWithConcurrentWriters() throws Exception {
        List<PostgresStore> stores =
                List.of(TestDatabase.emptyStore(CLOCK, BUSY), TestDatabase.store(TestDatabase.source(), CLOCK, BUSY));
        stores.get(0).meters().add(tokens(Aggregation.SUM));
        stores.get(0).notifications().put(AlertExamples.channel());
        stores.get(0).notifications().put(rule(2, "10", "25", "40", "90"));
        List<UsageEvent> events = IntStream.range(0, 240)
                .mapToObj(i -> event("e" + i, "subject-" + i % 2, "1", i % 3 == 0 ? YESTERDAY : TODAY))
                .toList();

        inParallel(IntStream.range(0, WRITERS)
                .<Callable<Boolean>>mapToObj(writer -> () -> appendAll(stores.get(writer % 2), events, writer))
                .toList());

        var usage = new HashMap<Day, BigDecimal>();
        replay(events, usage);
        var byDay = new HashMap<Day, List<Notification>>();
        raised(stores.get(0).notifications())
                .forEach(one ->
                        byDay.computeIfAbsent(day(one), d -> new ArrayList<>()).add(one));
        BigDecimal maximum = maximumInOneTransaction();
        usage.forEach((day, total) -> assertSerial(byDay.getOrDefault(day, List.of()), total, maximum));
        assertThat(byDay.keySet()).isSubsetOf(usage.keySet());
    }

    private static Day day(Notification one) {
        return new Day(AlertExamples.subject(one), Instant.parse(AlertExamples.at(one, "window", "from")));
    }

    private static BigDecimal maximumInOneTransaction() {
        return org.springframework.jdbc.core.simple.JdbcClient.create(TestDatabase.source())
                .sql("select max(n) from (select count(*) as n from usage_event"
                        + " group by position >> 20, subject, happened_at) t")
                .query(BigDecimal.class)
                .single();
    }

    /**
     * Asserts that the notifications result from some serial order: each names the highest threshold below its value;
     * no threshold repeats; the last one is that of the total; and a skipped threshold can have been crossed within one
     * transaction.
     */
    private static void assertSerial(List<Notification> notifications, BigDecimal total, BigDecimal maximum) {
        List<Notification> inOrder = new ArrayList<>(notifications);
        inOrder.sort(java.util.Comparator.comparing(one -> new BigDecimal(AlertExamples.at(one, "value"))));
        List<BigDecimal> thresholds = inOrder.stream()
                .map(one -> new BigDecimal(AlertExamples.at(one, "threshold", "value")))
                .toList();

        assertThat(thresholds).doesNotHaveDuplicates().isSorted();
        assertThat(inOrder)
                .allSatisfy(one -> assertThat(highest(new BigDecimal(AlertExamples.at(one, "value"))))
                        .contains(new BigDecimal(AlertExamples.at(one, "threshold", "value"))));
        for (int i = 0; i < thresholds.size(); i++) {
            BigDecimal before = new BigDecimal(AlertExamples.at(inOrder.get(i), "value")).subtract(maximum);
            BigDecimal last = i == 0 ? BigDecimal.ZERO : thresholds.get(i - 1);
            BigDecimal next = thresholds.get(i);
            assertThat(THRESHOLDS.stream()
                            .filter(threshold -> threshold.compareTo(last) > 0 && threshold.compareTo(next) < 0))
                    .allSatisfy(skipped -> assertThat(skipped).isGreaterThanOrEqualTo(before));
        }
        assertThat(thresholds.get(thresholds.size() - 1))
                .isEqualByComparingTo(highest(total).orElseThrow());
    }

    private static boolean appendAll(PostgresStore store, List<UsageEvent> events, int seed) {
        var random = new Random(seed);
        var shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(4));
            store.usage().append(shuffled.subList(from, to));
            from = to;
        }
        return true;
    }

    private static void inParallel(List<Callable<Boolean>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
