package dev.odometer.postgres;

import static dev.odometer.postgres.Watched.CLOCK;
import static dev.odometer.postgres.Watched.NOW;
import static dev.odometer.postgres.Watched.amount;
import static dev.odometer.postgres.Watched.event;
import static dev.odometer.postgres.Watched.raised;
import static dev.odometer.postgres.Watched.rule;
import static dev.odometer.postgres.Watched.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.file.FileName;
import dev.odometer.imports.FileVersion;
import dev.odometer.imports.Lease;
import dev.odometer.imports.Step;
import dev.odometer.meter.Aggregation;
import dev.odometer.notification.Examples;
import dev.odometer.notification.Notification;
import dev.odometer.notification.Notifications.Sent;
import dev.odometer.notification.Rule;
import dev.odometer.postgres.rollup.Pace;
import dev.odometer.refusal.Refusal;
import dev.odometer.usage.UsageEvent;
import dev.odometer.usage.WindowSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a rule on plain usage notices, when, and how often. */
class NoticingIT {

    private static final Pace NEVER = new Pace(Integer.MAX_VALUE, Integer.MAX_VALUE, 20_000, Integer.MAX_VALUE);

    private final List<String> woken = new ArrayList<>();
    private PostgresStore store = TestDatabase.emptyStore(CLOCK);

    @BeforeEach
    void startWithAMeterAndAChannel() {
        TestDatabase.emptyStore(CLOCK);
        store = new PostgresStore(TestDatabase.source(), CLOCK, () -> woken::add);
        store.meters().add(tokens(Aggregation.SUM));
        store.notifications().put(Watched.channel());
    }

    private void count(UsageEvent... events) {
        store.usage().append(List.of(events));
    }

    private List<String> thresholds() {
        return raised(store).stream()
                .map(one -> amount(one, "threshold", "value"))
                .toList();
    }

    @Test
    void tellsWhenUsageGoesOverAndNotBefore() {
        store.notifications().put(rule(2, "10"));

        count(event("a", "acme", "10", NOW));
        assertThat(raised(store)).isEmpty();
        assertThat(woken).isEmpty();

        count(event("b", "acme", "0.5", NOW));
        Notification told = raised(store).get(0);
        assertThat(told.type()).isEqualTo("meters.usage.threshold");
        assertThat(amount(told, "value")).isEqualTo("10.5");
        assertThat(told.text("data", "window", "to")).contains("2026-03-03T00:00:00Z");
        assertThat(woken).containsExactly("deliverNotifications");
    }

    @Test
    void tellsEachThresholdOnceADay() {
        store.notifications().put(rule(2, "10", "20"));

        count(event("a", "acme", "11", NOW));
        count(event("a", "acme", "11", NOW), event("b", "acme", "1", NOW));
        count(event("c", "acme", "100", NOW));
        count(event("d", "acme", "100", NOW));

        assertThat(thresholds()).containsExactlyInAnyOrder("10", "20");
        assertThat(woken).hasSize(2);
    }

    @Test
    void doesNotTellAgainWhatItHasForgotten() {
        store.notifications().put(rule(2, "10", "20"));
        count(event("a", "acme", "11", NOW));
        store.notifications().put(Examples.disabled(Watched.channel()));

        assertThat(store.notifications().removeOld(NOW.plusSeconds(1), 10)).isEqualTo(1);
        count(event("b", "acme", "1", NOW));
        assertThat(raised(store)).isEmpty();

        count(event("c", "acme", "100", NOW));
        assertThat(thresholds()).containsExactly("20");
    }

    @Test
    void tellsTheHighestThatIsCrossedAtOnce() {
        store.notifications().put(rule(2, "10", "20", "30"));

        count(event("a", "acme", "25", NOW));

        assertThat(thresholds()).containsExactly("20");
    }

    @Test
    void looksAtEachSubjectOnItsOwn() {
        store.notifications().put(rule(2, "10"));

        count(event("a", "acme", "6", NOW), event("b", "globex", "6", NOW), event("c", "initech", "11", NOW));

        assertThat(raised(store)).extracting(one -> one.subject().orElseThrow()).containsExactly("initech");
    }

    @Test
    void alertsForTheRunningDayAndTheOneBeforeOnly() {
        store.notifications().put(rule(2, "10"));
        Duration day = Duration.ofDays(1);

        count(
                event("a", "acme", "11", NOW.minus(day)),
                event("b", "acme", "12", NOW.minus(day.multipliedBy(2))),
                event("c", "acme", "13", NOW.plus(day)));

        assertThat(raised(store)).extracting(one -> amount(one, "value")).containsExactly("11");
    }

    @Test
    void seesAllOfTheDayOnceTheRuleIsThere() {
        count(event("a", "acme", "9", NOW.minus(Duration.ofHours(3))));
        store.notifications().put(rule(2, "10"));

        count(event("b", "acme", "2", NOW));

        assertThat(raised(store)).extracting(one -> amount(one, "value")).containsExactly("11");
    }

    @Test
    void noticesNothingForRulesThatAreDisabledOrGone() {
        Rule live = rule(2, "10");
        store.notifications().put(live);
        count(event("a", "acme", "5", NOW));
        store.notifications()
                .put(new Rule(live.id(), "off", true, live.watch(), live.channels(), live.metadata(), NOW, NOW, null));
        count(event("b", "acme", "6", NOW));
        store.notifications().put(rule(3, "10"));
        store.notifications().deleteRule(Examples.id(3), NOW);

        count(event("c", "acme", "7", NOW));

        assertThat(raised(store)).isEmpty();
    }

    @Test
    void waitsForEachChannelOfTheRule() {
        store.notifications().put(Examples.webhook(5));
        store.notifications()
                .put(Examples.rule(2, Watched.watch(WindowSize.HOUR, "10"), Watched.CHANNEL, Examples.id(5)));

        count(event("a", "acme", "11", NOW));

        Sent sent = store.notifications().find(raised(store).get(0).id()).orElseThrow();
        assertThat(sent.deliveries()).hasSize(2);
        assertThat(store.outbox().nextDue()).contains(NOW);
    }

    @Test
    void seesWhatAnImportCountsAndForgetsWhatWasNotCommitted() {
        store.notifications().put(rule(2, "10"));
        var file = new FileVersion(new FileName("in", "a.ndjson"), "v1", 10);
        var lease = new Lease("me", NOW, NOW.plusSeconds(60));
        store.imports().take(Examples.id(7), file, lease);
        var step = new Step(
                List.of(event("a", "acme", "11", NOW)), List.of(), 10, 1, 10, Duration.ofMillis(1), true, null);

        assertThatThrownBy(() -> store.imports().advance(Examples.id(7), lease, step, NoticingIT::killWhoeverIsAtIt))
                .isInstanceOf(Refusal.class);
        assertThat(raised(store)).isEmpty();
        assertThat(woken).isEmpty();

        store.imports().advance(Examples.id(7), lease, step, () -> {});
        count(event("a", "acme", "11", NOW));
        assertThat(thresholds()).containsExactly("10");
        assertThat(woken).hasSize(1);
    }

    private static void killWhoeverIsAtIt() {
        TestDatabase.run("select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction'");
    }

    @Test
    void asksNothingMoreWithoutARule() {
        var counting = new CountingSource(TestDatabase.source());
        var counted = new PostgresStore(counting, CLOCK, NEVER);
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

        // Lock and version, the events, what they add.
        assertThat(without).isEqualTo(3);
        assertThat(counting.statements() - before).isEqualTo(3);
    }

    @Test
    void needsAsManyStatementsForManySubjectsAsForTwo() {
        store.notifications().put(rule(2, "10"));
        var counting = new CountingSource(TestDatabase.source());
        var counted = new PostgresStore(counting, CLOCK, NEVER);
        counted.usage().append(many(0, 2));

        int before = counting.statements();
        counted.usage().append(many(10, 2));
        int few = counting.statements() - before;
        // Once for the numbers of their series, once for their usage.
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
}
