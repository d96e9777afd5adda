package dev.odometer.postgres.notification;

import static dev.odometer.metering.notification.AlertExamples.CLOCK;
import static dev.odometer.metering.notification.AlertExamples.NOW;
import static dev.odometer.metering.notification.AlertExamples.at;
import static dev.odometer.metering.notification.AlertExamples.event;
import static dev.odometer.metering.notification.AlertExamples.raised;
import static dev.odometer.metering.notification.AlertExamples.rule;
import static dev.odometer.metering.notification.AlertExamples.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.imports.FileVersion;
import dev.odometer.metering.imports.Lease;
import dev.odometer.metering.imports.Step;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.notification.AlertExamples;
import dev.odometer.metering.notification.Examples;
import dev.odometer.metering.notification.Notifications.Sent;
import dev.odometer.metering.notification.Outbox.Due;
import dev.odometer.metering.notification.Outbox.Limits;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.WindowSize;
import dev.odometer.postgres.CountingSource;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.rollup.Pace;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What PostgreSQL adds to the contract of rules on usage: transactions, imports and statement counts. */
class AlertsIT {

    private static final Pace NEVER = new Pace(Integer.MAX_VALUE, Integer.MAX_VALUE, 20_000, Integer.MAX_VALUE);

    private final List<String> signals = new ArrayList<>();
    private PostgresStore store = TestDatabase.emptyStore(CLOCK);

    @BeforeEach
    void startWithAMeterAndAChannel() {
        store = TestDatabase.emptyStore(CLOCK, () -> signals.add("due"));
        store.meters().add(tokens(Aggregation.SUM));
        store.notifications().put(AlertExamples.channel());
    }

    private void count(UsageEvent... events) {
        store.usage().append(List.of(events));
    }

    private List<String> thresholds() {
        return raised(store.notifications()).stream()
                .map(one -> at(one, "threshold", "value"))
                .toList();
    }

    @Test
    void addsADeliveryForEachChannelOfTheRule() {
        store.notifications().put(Examples.webhook(5));
        store.notifications()
                .put(Examples.rule(
                        2, AlertExamples.condition(WindowSize.HOUR, "10"), AlertExamples.CHANNEL, Examples.id(5)));

        count(event("a", "acme", "11", NOW));

        Sent sent = store.notifications()
                .find(raised(store.notifications()).get(0).id())
                .orElseThrow();
        assertThat(sent.deliveries()).hasSize(2);
        assertThat(store.outbox().nextDue()).contains(NOW);
    }

    @Test
    void raisesForCommittedImportStepsOnly() {
        store.notifications().put(rule(2, "10"));
        var file = new FileVersion(new FileName("in", "a.ndjson"), "v1", 10);
        var lease = new Lease("me", NOW, NOW.plusSeconds(60));
        store.imports().take(Examples.id(7), file, lease);
        var step = new Step(
                List.of(event("a", "acme", "11", NOW)), List.of(), 10, 1, 10, Duration.ofMillis(1), true, null);

        assertThatThrownBy(
                        () -> store.imports().advance(Examples.id(7), lease, step, AlertsIT::terminateOpenTransactions))
                .isInstanceOf(Refusal.class);
        assertThat(raised(store.notifications())).isEmpty();
        assertThat(signals).isEmpty();

        store.imports().advance(Examples.id(7), lease, step, () -> {});
        count(event("a", "acme", "11", NOW));
        assertThat(thresholds()).containsExactly("10");
        assertThat(signals).hasSize(1);
    }

    private static void terminateOpenTransactions() {
        TestDatabase.run("select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction'");
    }

    @Test
    void addsNoStatementWithoutARule() {
        var counting = new CountingSource(TestDatabase.source());
        var counted = TestDatabase.store(counting, CLOCK, NEVER);
        counted.usage().append(List.of(event("a", "acme", "1", NOW)));

        int before = counting.statements();
        counted.usage().append(List.of(event("b", "acme", "1", NOW)));
        int without = counting.statements() - before;
        store.notifications().put(rule(2, "10"));
        counted.usage().append(List.of(event("c", "acme", "1", NOW)));
        store.notifications().deleteRule(Examples.id(2), NOW);
        counted.usage().append(List.of(event("d", "acme", "1", NOW)));
        before = counting.statements();
        counted.usage().append(List.of(event("e", "acme", "1", NOW)));

        // Lock and version, events, deltas.
        assertThat(without).isEqualTo(3);
        assertThat(counting.statements() - before).isEqualTo(3);
    }

    @Test
    void evaluatesManySubjectsInAsManyStatementsAsTwo() {
        store.notifications().put(rule(2, "10"));
        var counting = new CountingSource(TestDatabase.source());
        var counted = TestDatabase.store(counting, CLOCK, NEVER);
        counted.usage().append(many(0, 2));

        int before = counting.statements();
        counted.usage().append(many(10, 2));
        int few = counting.statements() - before;
        // Caches the numbers of the series, and creates their rollups.
        counted.usage().append(many(100, 300));
        before = counting.statements();
        counted.usage().append(many(1000, 300));

        assertThat(counting.statements() - before).isEqualTo(few);
    }

    private static List<UsageEvent> many(int first, int n) {
        var events = new ArrayList<UsageEvent>();
        for (int i = 0; i < n; i++) {
            events.add(event("e" + (first + i), "subject-" + i, "1", NOW));
        }
        return events;
    }

    /** Payloads stored by earlier versions have fewer fields. */
    @Test
    void deliversAPayloadAsItWasStored() {
        store.notifications().put(rule(2, "10"));
        count(event("a", "acme", "11", NOW));
        TestDatabase.run("""
                update notification set payload = '{"id":"old","data":{"subject":{"key":"acme"},"value":11.50}}'
                """);

        List<Due> due = store.outbox().take(NOW, Duration.ofMinutes(1), List.of(), new Limits(10, 10));

        Map<String, Object> stored =
                Map.of("id", "old", "data", Map.of("subject", Map.of("key", "acme"), "value", new BigDecimal("11.50")));
        assertThat(due).extracting(one -> one.notification().payload()).containsExactly(stored);
        assertThat(raised(store.notifications()).get(0).payload()).isEqualTo(stored);
    }
}
