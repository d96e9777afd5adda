package dev.odometer.metering.notification;

import static dev.odometer.metering.notification.Examples.NOW;
import static dev.odometer.metering.notification.Examples.attempt;
import static dev.odometer.metering.notification.Examples.calls;
import static dev.odometer.metering.notification.Examples.disabled;
import static dev.odometer.metering.notification.Examples.id;
import static dev.odometer.metering.notification.Examples.notification;
import static dev.odometer.metering.notification.Examples.rule;
import static dev.odometer.metering.notification.Examples.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.notification.Delivery.State;
import dev.odometer.metering.notification.Outbox.Due;
import dev.odometer.metering.notification.Outbox.Limits;
import dev.odometer.metering.notification.Outbox.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Outbox}; one subclass per store. */
public abstract class OutboxContract {

    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Limits MANY = new Limits(100, 100);
    private static final Instant SOON = NOW.plusSeconds(100);
    private static final Next DONE = new Next(State.SUCCESS, null, null, false);

    private Stores stores = empty();

    /** The two ports on one store. */
    public record Stores(Notifications notifications, Outbox outbox) {}

    protected abstract Stores empty();

    /** Stores two channels, a rule with both, and a rule with the second only. */
    @BeforeEach
    void startWithTwoChannels() {
        stores = empty();
        stores.notifications().put(webhook(1));
        stores.notifications().put(webhook(2));
        stores.notifications().put(rule(3, calls("100"), id(1), id(2)));
        stores.notifications().put(rule(4, calls("100"), id(2)));
    }

    private void raise(int n, int rule) {
        Rule by = stores.notifications().rule(id(rule)).orElseThrow();
        stores.notifications().raise(notification(n, by, "acme"));
    }

    @Test
    void hasAClock() {
        Instant before = Instant.now();

        assertThat(stores.outbox().now())
                .isBetween(before.minusSeconds(60), Instant.now().plusSeconds(60));
    }

    private List<Due> take(Instant now) {
        return stores.outbox().take(now, LEASE, List.of(), MANY);
    }

    private Delivery delivery(int n, int channel) {
        return stores.notifications().find(id(n)).orElseThrow().deliveries().stream()
                .filter(delivery -> delivery.channel().id().equals(id(channel)))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(List<Due> taken) {
        return taken.stream()
                .map(due -> due.notification().id() + " " + due.channel().id())
                .sorted()
                .toList();
    }

    @Test
    void leasesEachDeliveryOnce() {
        raise(10, 3);

        List<Due> taken = take(SOON);

        assertThat(names(taken)).containsExactly(id(10) + " " + id(1), id(10) + " " + id(2));
        assertThat(taken).extracting(Due::attempts).containsOnly(0);
        assertThat(taken).extracting(Due::since).containsOnly(NOW.plusSeconds(10));
        assertThat(take(SOON)).isEmpty();
    }

    @Test
    void returnsNothingBeforeItIsDue() {
        raise(10, 4);

        assertThat(take(NOW.plusSeconds(9))).isEmpty();
        assertThat(stores.outbox().nextDue()).contains(NOW.plusSeconds(10));
    }

    @Test
    void returnsADeliveryAgainAfterItsLeaseExpires() {
        raise(10, 4);
        take(SOON);

        assertThat(take(SOON.plus(LEASE).minusMillis(1))).isEmpty();
        assertThat(names(take(SOON.plus(LEASE)))).containsExactly(id(10) + " " + id(2));
    }

    @Test
    void makesDeliveriesDueThatWereLeasedOrRetriedWhileTheClockWasAhead() {
        raise(10, 3);
        raise(11, 4);
        Instant ahead = SOON.plus(Duration.ofDays(3650));
        List<Due> taken = take(ahead);
        stores.outbox().settle(taken.get(0), attempt(false, ahead), new Next(State.SENDING, ahead, "no", false));

        assertThat(take(SOON)).isEmpty();
        assertThat(stores.outbox().resetDueAfter(ahead.plus(LEASE), SOON)).isZero();
        assertThat(stores.outbox().resetDueAfter(SOON.plus(Duration.ofDays(2)), SOON))
                .isEqualTo(3);

        assertThat(names(take(SOON))).isEqualTo(names(taken));
        assertThat(stores.outbox().resetDueAfter(SOON.plus(Duration.ofDays(2)), SOON))
                .isZero();
    }

    @Test
    void limitsDeliveriesPerChannel() {
        List.of(10, 11, 12, 13).forEach(n -> raise(n, 3));

        List<Due> taken = stores.outbox().take(SOON, LEASE, List.of(), new Limits(3, 2));

        assertThat(taken).hasSize(3);
        assertThat(taken.stream().filter(due -> due.channel().id().equals(id(1))))
                .hasSizeLessThanOrEqualTo(2);
        assertThat(names(take(SOON))).hasSize(5);
    }

    @Test
    void skipsBusyChannels() {
        raise(10, 3);

        List<Due> taken = stores.outbox().take(SOON, LEASE, List.of(id(2)), MANY);

        assertThat(names(taken)).containsExactly(id(10) + " " + id(1));
    }

    @Test
    void recordsASuccess() {
        raise(10, 4);

        stores.outbox().settle(take(SOON).get(0), attempt(true, SOON), DONE);

        Delivery delivery = delivery(10, 2);
        assertThat(delivery.state()).isEqualTo(State.SUCCESS);
        assertThat(delivery.nextAttempt()).isNull();
        assertThat(delivery.attempts()).containsExactly(attempt(true, SOON));
        assertThat(stores.outbox().nextDue()).isEmpty();
        assertThat(take(SOON.plus(LEASE))).isEmpty();
    }

    @Test
    void retriesAfterAFailure() {
        raise(10, 4);
        Instant again = SOON.plusSeconds(5);

        stores.outbox().settle(take(SOON).get(0), attempt(false, SOON), new Next(State.SENDING, again, "500", false));

        assertThat(delivery(10, 2).reason()).isEqualTo("500");
        assertThat(delivery(10, 2).nextAttempt()).isEqualTo(again);
        assertThat(take(again.minusMillis(1))).isEmpty();
        assertThat(take(again)).extracting(Due::attempts).containsExactly(1);
    }

    @Test
    void recordsOnlyTheAttemptAfterTheLeaseWasLost() {
        raise(10, 4);
        Due late = take(SOON).get(0);
        Due mine = take(SOON.plus(LEASE)).get(0);

        stores.outbox().settle(late, attempt(true, SOON), DONE);

        assertThat(delivery(10, 2).state()).isEqualTo(State.PENDING);
        assertThat(delivery(10, 2).attempts()).hasSize(1);
        stores.outbox().settle(mine, attempt(true, SOON.plus(LEASE)), DONE);
        assertThat(delivery(10, 2).state()).isEqualTo(State.SUCCESS);
        assertThat(delivery(10, 2).attempts()).hasSize(2);
    }

    @Test
    void pausesDeliveriesToADisabledChannel() {
        raise(10, 3);
        Due gone = take(SOON).stream()
                .filter(due -> due.channel().id().equals(id(1)))
                .findFirst()
                .orElseThrow();
        stores.outbox().settle(gone, attempt(false, SOON), new Next(State.FAILED, null, "410", true));
        raise(11, 3);

        assertThat(names(take(SOON))).containsExactly(id(11) + " " + id(2));
        Channel channel = stores.notifications().channel(id(1)).orElseThrow();
        assertThat(channel.disabled()).isTrue();

        stores.notifications().put(webhook(1));
        assertThat(names(take(SOON))).containsExactly(id(11) + " " + id(1));
    }

    @Test
    void hasNothingDueForADisabledChannel() {
        raise(10, 4);
        stores.notifications().put(disabled(webhook(2)));

        assertThat(stores.outbox().nextDue()).isEmpty();
    }

    @Test
    void failsTheDeliveriesToADeletedChannel() {
        raise(10, 3);
        Due held = stores.outbox().take(SOON, LEASE, List.of(id(2)), MANY).get(0);
        stores.notifications().deleteRule(id(3), SOON);
        stores.notifications().deleteChannel(id(1), SOON);

        stores.outbox().settle(held, attempt(true, SOON), DONE);

        assertThat(delivery(10, 1).state()).isEqualTo(State.FAILED);
        assertThat(delivery(10, 1).reason()).contains("deleted");
        assertThat(names(take(SOON.plus(LEASE)))).containsExactly(id(10) + " " + id(2));
    }

    @Test
    void restartsAttemptsWhenResent() {
        raise(10, 4);
        stores.outbox()
                .settle(take(SOON).get(0), attempt(false, SOON), new Next(State.FAILED, null, "given up", false));
        Instant requestedAt = SOON.plusSeconds(3600);

        stores.notifications().resend(id(10), List.of(), requestedAt);

        List<Due> taken = take(requestedAt);
        assertThat(taken).extracting(Due::attempts).containsExactly(0);
        assertThat(taken).extracting(Due::since).containsExactly(requestedAt);
        assertThat(delivery(10, 2).state()).isEqualTo(State.RESENDING);
        assertThat(delivery(10, 2).attempts()).hasSize(1);
    }

    @Test
    void removesOldCompletedNotifications() {
        raise(10, 4);
        raise(11, 4);
        take(SOON).forEach(due -> stores.outbox().settle(due, attempt(true, SOON), DONE));

        assertThat(stores.notifications().removeOlderThan(NOW.plusSeconds(11), 10))
                .isEqualTo(1);
        assertThat(stores.notifications().find(id(10))).isEmpty();
        assertThat(stores.notifications().find(id(11))).isPresent();
        assertThat(stores.notifications().removeOlderThan(NOW.plusSeconds(11), 10))
                .isZero();
    }

    @Test
    void removesOldNotificationsInBatches() {
        for (int n = 10; n < 15; n++) {
            raise(n, 4);
        }
        take(SOON).forEach(due -> stores.outbox().settle(due, attempt(true, SOON), DONE));

        assertThat(stores.notifications().removeOlderThan(SOON, 3)).isEqualTo(3);
        assertThat(stores.notifications().removeOlderThan(SOON, 3)).isEqualTo(2);
    }

    @Test
    void keepsPendingNotificationsUnlessAllChannelsAreDisabled() {
        raise(10, 3);
        Due first = take(SOON).get(0);
        stores.outbox().settle(first, attempt(true, SOON), DONE);

        assertThat(stores.notifications().removeOlderThan(SOON, 10)).isZero();

        List.of(1, 2).forEach(n -> stores.notifications().put(disabled(webhook(n))));
        assertThat(stores.notifications().removeOlderThan(SOON, 10)).isEqualTo(1);
    }
}
