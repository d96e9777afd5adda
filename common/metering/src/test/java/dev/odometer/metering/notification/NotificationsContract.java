package dev.odometer.metering.notification;

import static dev.odometer.metering.notification.Examples.NOW;
import static dev.odometer.metering.notification.Examples.above;
import static dev.odometer.metering.notification.Examples.calls;
import static dev.odometer.metering.notification.Examples.channel;
import static dev.odometer.metering.notification.Examples.disabled;
import static dev.odometer.metering.notification.Examples.id;
import static dev.odometer.metering.notification.Examples.notification;
import static dev.odometer.metering.notification.Examples.rule;
import static dev.odometer.metering.notification.Examples.webhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.notification.Delivery.State;
import dev.odometer.metering.notification.Notifications.Listing;
import dev.odometer.metering.notification.Notifications.RuleFilter;
import dev.odometer.metering.notification.Notifications.Search;
import dev.odometer.metering.notification.Notifications.Sent;
import dev.odometer.metering.resource.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Notifications}; one subclass per store. */
public abstract class NotificationsContract {

    private static final Listing ALL = new Listing(true, true, false, new PageRequest(1, 100));
    private static final Listing LIVE = new Listing(false, false, false, new PageRequest(1, 100));

    private Notifications notifications = empty();

    protected abstract Notifications empty();

    @BeforeEach
    void startEmpty() {
        notifications = empty();
    }

    private Rule storedRule(int n, String... channels) {
        Rule rule = rule(n, calls("10", "100"), channels);
        notifications.put(rule);
        return rule;
    }

    private List<String> found(Search search) {
        return notifications.list(search).items().stream()
                .map(sent -> sent.notification().id())
                .toList();
    }

    private static Search search(List<String> subjects, List<String> rules, List<String> channels) {
        return new Search(null, null, List.of(), subjects, rules, channels, false, new PageRequest(1, 100));
    }

    @Test
    void returnsStoredChannels() {
        Channel webhook = channel(
                1, new Target.Webhook("https://example.com/ü?a=b", Map.of("X-a", "b"), "whsec_x", "whsec_y", NOW));
        Channel mail = channel(2, new Target.Email(List.of("a@example.com", "b@example.com")));

        notifications.put(webhook);
        notifications.put(mail);

        assertThat(notifications.channel(id(1))).contains(webhook);
        assertThat(notifications.channels(LIVE).items()).containsExactly(webhook, mail);
        assertThat(notifications.channel("\0")).isEmpty();
    }

    @Test
    void returnsStoredRules() {
        notifications.put(webhook(1));
        Map<String, String> features = Map.of(id(900), "tokens");
        List<Threshold> thresholds = List.of(
                above("10.5"),
                new Threshold(Threshold.Kind.BALANCE_VALUE, above("0").value()));
        Rule balances = rule(2, new RuleCondition.OfBalances(features, thresholds), id(1));
        Rule resets = rule(3, new RuleCondition.OfResets(features), id(1));
        Rule usage = rule(4, calls("7"), id(1));

        List.of(balances, resets, usage).forEach(notifications::put);

        assertThat(notifications.rules(RuleFilter.ALL, LIVE).items()).containsExactly(balances, resets, usage);
        assertThat(notifications.rule(id(3))).contains(resets);
        assertThat(notifications.rule("\0")).isEmpty();
    }

    private List<String> rules(List<String> features, List<String> channels) {
        return notifications.rules(new RuleFilter(features, channels), ALL).items().stream()
                .map(Rule::id)
                .toList();
    }

    @Test
    void filtersRulesByTheFeaturesAndChannelsThatTheyName() {
        notifications.put(webhook(1));
        notifications.put(webhook(2));
        Map<String, String> tokens = Map.of(id(900), "tokens");
        notifications.put(rule(3, new RuleCondition.OfBalances(tokens, List.of(above("1"))), id(1)));
        notifications.put(rule(4, new RuleCondition.OfResets(tokens), id(1), id(2)));
        notifications.put(rule(5, new RuleCondition.OfResets(Map.of()), id(2)));
        storedRule(6, id(2));

        assertThat(rules(List.of("tokens", "none"), List.of())).containsExactly(id(3), id(4));
        assertThat(rules(List.of(id(900)), List.of(id(2)))).containsExactly(id(4));
        assertThat(rules(List.of(), List.of(id(9), id(2)))).containsExactly(id(4), id(5), id(6));
        assertThat(rules(List.of("\0"), List.of("\0"))).isEmpty();
    }

    @Test
    void listsPageByPage() {
        List.of(1, 2, 3).forEach(n -> notifications.put(webhook(n)));
        notifications.put(disabled(webhook(4)));
        notifications.deleteChannel(id(2), NOW);

        assertThat(notifications.channels(LIVE).items()).extracting(Channel::id).containsExactly(id(1), id(3));
        assertThat(notifications
                        .channels(new Listing(true, true, true, new PageRequest(2, 3)))
                        .items())
                .extracting(Channel::id)
                .containsExactly(id(1));
        assertThat(notifications.channels(ALL).totalCount()).isEqualTo(4);
    }

    @Test
    void refusesToDeleteAChannelInUse() {
        notifications.put(webhook(1));
        storedRule(2, id(1));

        assertThatThrownBy(() -> notifications.deleteChannel(id(1), NOW))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(id(2));

        notifications.deleteRule(id(2), NOW);
        notifications.deleteChannel(id(1), NOW);
        assertThat(notifications.channel(id(1))).isEmpty();
        assertThat(notifications.rule(id(2))).isEmpty();
    }

    @Test
    void refusesARuleWithAnUnknownChannel() {
        notifications.put(webhook(1));

        assertThatThrownBy(() -> storedRule(2, id(1), id(9)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(id(9));

        assertThat(notifications.rule(id(2))).isEmpty();
    }

    @Test
    void refusesToReplaceDeletedChannelsAndRules() {
        notifications.put(webhook(1));
        storedRule(2, id(1));
        notifications.deleteRule(id(2), NOW);
        notifications.deleteChannel(id(1), NOW);
        notifications.put(webhook(3));

        assertThatThrownBy(() -> notifications.put(webhook(1))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> storedRule(2, id(3))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> notifications.deleteRule(id(2), NOW)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> notifications.deleteChannel(id(1), NOW)).isInstanceOf(Refusal.class);
    }

    @Test
    void keepsNotificationsUnchanged() {
        notifications.put(webhook(1));
        notifications.put(webhook(2));
        Rule rule = storedRule(3, id(1), id(2));
        Notification raised = notification(10, rule, "acmé");

        notifications.raise(raised);
        notifications.deleteRule(rule.id(), NOW);

        Sent sent = notifications.find(id(10)).orElseThrow();
        assertThat(sent.notification().rule()).isEqualTo(rule);
        assertThat(sent.notification().payload()).hasToString(raised.payload().toString());
        assertThat(sent.deliveries())
                .extracting(delivery -> delivery.channel().id())
                .containsExactly(id(1), id(2));
        assertThat(sent.deliveries()).extracting(Delivery::state).containsOnly(State.PENDING);
        assertThat(notifications.find("\0")).isEmpty();
    }

    @Test
    void filtersNotifications() {
        notifications.put(webhook(1));
        notifications.put(webhook(2));
        notifications.raise(notification(10, storedRule(3, id(1)), "acme"));
        notifications.raise(notification(11, storedRule(4, id(1), id(2)), "globex"));

        assertThat(found(search(List.of("acme", "\0"), List.of(), List.of()))).containsExactly(id(10));
        assertThat(found(search(List.of(), List.of(id(4)), List.of()))).containsExactly(id(11));
        assertThat(found(search(List.of(), List.of(), List.of(id(1))))).containsExactly(id(10), id(11));
        assertThat(found(search(List.of(), List.of(), List.of(id(2))))).containsExactly(id(11));
        assertThat(found(new Search(
                        null,
                        null,
                        List.of("tokens"),
                        List.of(),
                        List.of(),
                        List.of(),
                        false,
                        new PageRequest(1, 100))))
                .isEmpty();
    }

    @Test
    void filtersByAHalfOpenTimeRange() {
        notifications.put(webhook(1));
        Rule rule = storedRule(2, id(1));
        List.of(10, 11, 12).forEach(n -> notifications.raise(notification(n, rule, "acme")));
        Instant from = NOW.plusSeconds(10);
        Instant to = NOW.plusSeconds(12);

        var between = new Search(from, to, List.of(), List.of(), List.of(), List.of(), true, new PageRequest(1, 1));

        assertThat(found(between)).containsExactly(id(11));
        assertThat(notifications.list(between).totalCount()).isEqualTo(2);
    }

    @Test
    void resendsToTheOriginalChannels() {
        notifications.put(webhook(1));
        notifications.put(webhook(2));
        notifications.put(webhook(3));
        notifications.raise(notification(10, storedRule(4, id(1), id(2)), "acme"));
        Instant later = NOW.plusSeconds(600);

        notifications.resend(id(10), List.of(id(2)), later);

        assertThat(notifications.find(id(10)).orElseThrow().deliveries())
                .extracting(Delivery::state, Delivery::nextAttempt)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(State.PENDING, NOW.plusSeconds(10)),
                        org.assertj.core.groups.Tuple.tuple(State.RESENDING, later));
        assertThatThrownBy(() -> notifications.resend(id(10), List.of(id(3)), later))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> notifications.resend(id(11), List.of(), later)).isInstanceOf(Refusal.class);
    }
}
