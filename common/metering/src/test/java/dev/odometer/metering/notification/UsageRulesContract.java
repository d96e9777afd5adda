package dev.odometer.metering.notification;

import static dev.odometer.metering.notification.AlertExamples.CHANNEL;
import static dev.odometer.metering.notification.AlertExamples.CLOCK;
import static dev.odometer.metering.notification.AlertExamples.NOW;
import static dev.odometer.metering.notification.AlertExamples.at;
import static dev.odometer.metering.notification.AlertExamples.event;
import static dev.odometer.metering.notification.AlertExamples.rule;
import static dev.odometer.metering.notification.AlertExamples.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.notification.Notifications.Sent;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.WindowSize;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The alerts that rules on the usage of meters raise; one subclass per store. */
public abstract class UsageRulesContract {

    private final List<String> signals = new ArrayList<>();
    private AlertingStore store = start();

    /** Counts the signals that deliveries are due. */
    protected abstract AlertingStore empty(Clock clock, DeliverySignal signal);

    private AlertingStore start() {
        return empty(CLOCK, () -> signals.add("due"));
    }

    @BeforeEach
    void startWithAMeterAndAChannel() {
        store = start();
        store.meters().add(tokens(Aggregation.SUM));
        store.notifications().put(AlertExamples.channel());
    }

    private void count(UsageEvent... events) {
        store.usage().append(List.of(events));
    }

    private List<Notification> raised() {
        return AlertExamples.raised(store.notifications());
    }

    private List<String> thresholds() {
        return raised().stream().map(one -> at(one, "threshold", "value")).toList();
    }

    @Test
    void raisesAThresholdWhenUsageExceedsIt() {
        store.notifications().put(rule(2, "10"));

        count(event("a", "acme", "10", NOW));
        assertThat(raised()).isEmpty();
        assertThat(signals).isEmpty();

        count(event("b", "acme", "0.5", NOW));
        Notification one = raised().get(0);
        assertThat(one.type()).isEqualTo("meters.usage.threshold");
        assertThat(at(one, "value")).isEqualTo("10.5");
        assertThat(at(one, "window", "to")).isEqualTo("2026-03-03T00:00:00Z");
        assertThat(one.topic()).isEqualTo(new Topic(null, null, "acme"));
        assertThat(signals).hasSize(1);
    }

    @Test
    void raisesEachThresholdOncePerDay() {
        store.notifications().put(rule(2, "10", "20"));

        count(event("a", "acme", "11", NOW));
        count(event("a", "acme", "11", NOW), event("b", "acme", "1", NOW));
        count(event("c", "acme", "100", NOW));
        count(event("d", "acme", "100", NOW));

        assertThat(thresholds()).containsExactlyInAnyOrder("10", "20");
        assertThat(signals).hasSize(2);
    }

    @Test
    void doesNotRaiseDeletedNotificationsAgain() {
        store.notifications().put(rule(2, "10", "20"));
        count(event("a", "acme", "11", NOW));
        store.notifications().put(Examples.disabled(AlertExamples.channel()));

        assertThat(store.notifications().removeOlderThan(NOW.plusSeconds(1), 10))
                .isEqualTo(1);
        count(event("b", "acme", "1", NOW));
        assertThat(raised()).isEmpty();

        count(event("c", "acme", "100", NOW));
        assertThat(thresholds()).containsExactly("20");
    }

    @Test
    void raisesTheHighestOfSeveralCrossedThresholds() {
        store.notifications().put(rule(2, "10", "20", "30"));

        count(event("a", "acme", "25", NOW));

        assertThat(thresholds()).containsExactly("20");
    }

    @Test
    void evaluatesSubjectsSeparately() {
        store.notifications().put(rule(2, "10"));

        count(event("a", "acme", "6", NOW), event("b", "globex", "6", NOW), event("c", "initech", "11", NOW));

        assertThat(raised()).extracting(AlertExamples::subject).containsExactly("initech");
    }

    @Test
    void evaluatesOnlyTheSubjectsOfTheRule() {
        RuleCondition.OfUsage all = AlertExamples.condition(WindowSize.DAY, "10");
        var some = new RuleCondition.OfUsage(
                all.meterId(), all.meterSlug(), all.window(), all.zone(), List.of("globex"), all.thresholds());
        store.notifications().put(Examples.rule(2, some, CHANNEL));

        count(event("a", "acme", "11", NOW), event("b", "globex", "12", NOW));

        assertThat(raised()).extracting(AlertExamples::subject).containsExactly("globex");
    }

    @Test
    void raisesForTheCurrentAndThePreviousDayOnly() {
        store.notifications().put(rule(2, "10"));
        Duration day = Duration.ofDays(1);

        count(
                event("a", "acme", "11", NOW.minus(day)),
                event("b", "acme", "12", NOW.minus(day.multipliedBy(2))),
                event("c", "acme", "13", NOW.plus(day)));

        assertThat(raised()).extracting(one -> at(one, "value")).containsExactly("11");
    }

    @Test
    void includesUsageFromBeforeTheRule() {
        count(event("a", "acme", "9", NOW.minus(Duration.ofHours(3))));
        store.notifications().put(rule(2, "10"));

        count(event("b", "acme", "2", NOW));

        assertThat(raised()).extracting(one -> at(one, "value")).containsExactly("11");
    }

    @Test
    void ignoresDisabledAndDeletedRules() {
        Rule live = rule(2, "10");
        store.notifications().put(live);
        count(event("a", "acme", "5", NOW));
        store.notifications()
                .put(new Rule(
                        live.id(),
                        "off",
                        true,
                        live.condition(),
                        live.channels(),
                        live.metadata(),
                        Lifecycle.created(NOW)));
        count(event("b", "acme", "6", NOW));
        store.notifications().put(rule(3, "10"));
        store.notifications().deleteRule(Examples.id(3), NOW);

        count(event("c", "acme", "7", NOW));

        assertThat(raised()).isEmpty();
    }

    @Test
    void schedulesADeliveryPerChannel() {
        store.notifications().put(Examples.webhook(5));
        store.notifications()
                .put(Examples.rule(2, AlertExamples.condition(WindowSize.HOUR, "10"), CHANNEL, Examples.id(5)));

        count(event("a", "acme", "11", NOW));

        Sent sent = store.notifications().find(raised().get(0).id()).orElseThrow();
        assertThat(sent.deliveries()).hasSize(2).allMatch(delivery -> NOW.equals(delivery.nextAttempt()));
    }
}
