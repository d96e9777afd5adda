package dev.odometer.event.functions.notifications;

import static dev.odometer.metering.notification.Examples.channel;
import static dev.odometer.metering.notification.Examples.id;
import static dev.odometer.metering.notification.Examples.webhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.notification.Attempt;
import dev.odometer.metering.notification.Courier;
import dev.odometer.metering.notification.Delivery;
import dev.odometer.metering.notification.Delivery.State;
import dev.odometer.metering.notification.Outbox.Limits;
import dev.odometer.metering.notification.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliverNotificationsTest {

    /** A courier for webhooks whose behavior the test provides. */
    private interface WebhookCourier extends Courier {

        @Override
        default boolean supports(Target target) {
            return target instanceof Target.Webhook;
        }
    }

    private static Courier.Outcome response(Courier.OutboundMessage outbound, int status) {
        return Courier.Outcome.retry(
                new Attempt(status / 100 == 2, outbound.at(), status, "", Duration.ofMillis(1), "http://a"));
    }

    private static final WebhookCourier GOOD = outbound -> response(outbound, 200);

    @Test
    void deliversAnEventToEachChannelOnce() {
        var fixture = new NotificationsFixture(GOOD);
        fixture.notifications.put(webhook(1));
        fixture.notifications.put(webhook(2));
        fixture.raise(10, id(1), id(2));

        fixture.tick(Deadline.NONE);
        fixture.tick(Deadline.NONE);

        assertThat(fixture.deliveries(10))
                .hasSize(2)
                .allMatch(delivery -> delivery.state() == State.SUCCESS)
                .allMatch(delivery -> delivery.attempts().size() == 1);
    }

    @Test
    void retriesAfterAPause() {
        var fixture = new NotificationsFixture((WebhookCourier) outbound -> response(outbound, 500));
        fixture.notifications.put(webhook(1));
        fixture.raise(10, id(1));
        Instant before = Instant.now();

        fixture.tick(Deadline.NONE);

        Delivery delivery = fixture.deliveries(10).get(0);
        assertThat(delivery.state()).isEqualTo(State.SENDING);
        assertThat(delivery.reason()).isEqualTo("answered with 500");
        assertThat(delivery.nextAttempt()).isBetween(before.plusSeconds(5), before.plusSeconds(10));
        assertThat(fixture.wakes).hasSize(1).allMatch(at -> at.isAfter(before.plusSeconds(4)));
    }

    @Test
    void deliversDeliveriesThatWerePostponedWhileTheClockWasAhead() {
        var fixture = new NotificationsFixture(GOOD);
        fixture.notifications.put(webhook(1));
        fixture.raise(10, id(1));
        fixture.outbox.take(
                Instant.now().plus(Duration.ofDays(3650)), Duration.ofSeconds(30), List.of(), new Limits(1, 1));

        fixture.tick(Deadline.NONE);

        assertThat(fixture.deliveries(10)).allMatch(delivery -> delivery.state() == State.SUCCESS);
    }

    /** Otherwise every retry would be due at once, and the delivery would be given up within minutes. */
    @ParameterizedTest
    @ValueSource(longs = {-20_000, 3_650})
    void retriesAfterAPauseOfTheSharedClock(long daysAhead) {
        var fixture = new NotificationsFixture((WebhookCourier) outbound -> response(outbound, 500));
        fixture.notifications.put(webhook(1));
        fixture.raise(10, id(1));
        Instant before = Instant.now();

        fixture.tick(Deadline.NONE, Clock.offset(Clock.systemUTC(), Duration.ofDays(daysAhead)));

        Delivery delivery = fixture.deliveries(10).get(0);
        assertThat(delivery.nextAttempt()).isBetween(before.plusSeconds(5), before.plusSeconds(10));
        assertThat(delivery.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.at()).isBetween(before, before.plusSeconds(10)));
    }

    @Test
    void namesTheMissingSettingAndRetries() {
        var fixture = new NotificationsFixture(GOOD);
        fixture.notifications.put(channel(1, new Target.Email(List.of("a@example.com"))));
        fixture.raise(10, id(1));

        fixture.tick(Deadline.NONE);

        assertThat(fixture.deliveries(10).get(0))
                .returns(State.SENDING, Delivery::state)
                .returns("e-mail is not set up: odometer.email.host is missing", Delivery::reason);
    }

    @Test
    void survivesAnExceptionOfACourier() {
        var fixture = new NotificationsFixture((WebhookCourier) outbound -> {
            throw new IllegalStateException("secret");
        });
        fixture.notifications.put(webhook(1));
        fixture.raise(10, id(1));

        fixture.tick(Deadline.NONE);

        assertThat(fixture.deliveries(10).get(0).reason()).isEqualTo("unexpected failure: IllegalStateException");
    }

    /** Other channels continue while one channel's deliveries hang; at most four of a channel are in flight. */
    @Test
    void aSlowReceiverDelaysItsOwnChannelOnly() {
        var slow = new CountDownLatch(1);
        var good = new CountDownLatch(40);
        var now = new AtomicInteger();
        Map<Integer, Boolean> observed = new ConcurrentHashMap<>();
        var fixture = new NotificationsFixture((WebhookCourier) outbound -> {
            observed.put(now.incrementAndGet(), true);
            if (outbound.channel().id().equals(id(1))) {
                await(slow);
            } else {
                good.countDown();
            }
            now.decrementAndGet();
            return response(outbound, 200);
        });
        fixture.notifications.put(webhook(1));
        fixture.notifications.put(webhook(2));
        for (int n = 10; n < 50; n++) {
            fixture.raise(n, id(1), id(2));
        }
        var release = new Thread(() -> {
            await(good);
            slow.countDown();
        });
        release.start();

        fixture.tick(Deadline.NONE);

        assertThat(good.getCount()).isZero();
        assertThat(observed.keySet()).allMatch(count -> count <= 2 * DeliveryRun.MAX_PER_CHANNEL);
        assertThat(fixture.deliveries(49)).allMatch(delivery -> delivery.state() == State.SUCCESS);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException("timed out");
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void refusesACallThatIsTooShortForAnAttempt() {
        var fixture = new NotificationsFixture(GOOD);
        fixture.tick(Deadline.in(Duration.ofSeconds(10)));
        fixture.notifications.put(webhook(1));
        fixture.raise(10, id(1));

        assertThatThrownBy(() -> fixture.tick(Deadline.in(Duration.ofSeconds(10))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("18 s");
        assertThat(fixture.deliveries(10).get(0).attempts()).isEmpty();
    }
}
