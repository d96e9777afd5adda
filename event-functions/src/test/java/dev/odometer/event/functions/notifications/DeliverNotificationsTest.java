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
import dev.odometer.metering.notification.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeliverNotificationsTest {

    /** Knows webhooks, and does what the test says. */
    private interface Behaviour extends Courier {

        @Override
        default boolean knows(Target target) {
            return target instanceof Target.Webhook;
        }
    }

    private static Courier.Outcome answered(Courier.OutboundMessage outbound, int status) {
        return Courier.Outcome.again(
                new Attempt(status / 100 == 2, outbound.at(), status, "", Duration.ofMillis(1), "http://a"));
    }

    private static final Behaviour GOOD = outbound -> answered(outbound, 200);

    @Test
    void deliversWhatIsDueByEachChannelOnce() {
        var post = new Post(GOOD);
        post.notifications.put(webhook(1));
        post.notifications.put(webhook(2));
        post.raise(10, id(1), id(2));

        post.tick(Deadline.NONE);
        post.tick(Deadline.NONE);

        assertThat(post.deliveries(10))
                .hasSize(2)
                .allMatch(delivery -> delivery.state() == State.SUCCESS)
                .allMatch(delivery -> delivery.attempts().size() == 1);
    }

    @Test
    void triesAgainAfterAPause() {
        var post = new Post((Behaviour) outbound -> answered(outbound, 500));
        post.notifications.put(webhook(1));
        post.raise(10, id(1));
        Instant before = Instant.now();

        post.tick(Deadline.NONE);

        Delivery delivery = post.deliveries(10).get(0);
        assertThat(delivery.state()).isEqualTo(State.SENDING);
        assertThat(delivery.reason()).isEqualTo("answered with 500");
        assertThat(delivery.nextAttempt()).isBetween(before.plusSeconds(5), before.plusSeconds(10));
        assertThat(post.wakes).hasSize(1).allMatch(at -> at.isAfter(before.plusSeconds(4)));
    }

    @Test
    void saysWhichSettingIsMissingAndTriesAgain() {
        var post = new Post(GOOD);
        post.notifications.put(channel(1, new Target.Email(List.of("a@example.com"))));
        post.raise(10, id(1));

        post.tick(Deadline.NONE);

        assertThat(post.deliveries(10).get(0))
                .returns(State.SENDING, Delivery::state)
                .returns("e-mail is not set up: odometer.email.host is missing", Delivery::reason);
    }

    @Test
    void outlivesACourierThatFails() {
        var post = new Post((Behaviour) outbound -> {
            throw new IllegalStateException("secret");
        });
        post.notifications.put(webhook(1));
        post.raise(10, id(1));

        post.tick(Deadline.NONE);

        assertThat(post.deliveries(10).get(0).reason()).isEqualTo("unexpected failure: IllegalStateException");
    }

    /** The good channel's later deliveries go out while the slow one's are under way, at most four of a channel. */
    @Test
    void isNotHeldUpByASlowReceiver() {
        var slow = new CountDownLatch(1);
        var good = new CountDownLatch(40);
        var now = new AtomicInteger();
        Map<Integer, Boolean> most = new ConcurrentHashMap<>();
        var post = new Post((Behaviour) outbound -> {
            most.put(now.incrementAndGet(), true);
            if (outbound.channel().id().equals(id(1))) {
                await(slow);
            } else {
                good.countDown();
            }
            now.decrementAndGet();
            return answered(outbound, 200);
        });
        post.notifications.put(webhook(1));
        post.notifications.put(webhook(2));
        for (int n = 10; n < 50; n++) {
            post.raise(n, id(1), id(2));
        }
        var release = new Thread(() -> {
            await(good);
            slow.countDown();
        });
        release.start();

        post.tick(Deadline.NONE);

        assertThat(good.getCount()).isZero();
        assertThat(most.keySet()).allMatch(count -> count <= 2 * DeliveryRun.OF_ONE_CHANNEL);
        assertThat(post.deliveries(49)).allMatch(delivery -> delivery.state() == State.SUCCESS);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("held up");
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void asksForMoreTimeWhereThereIsTooLittleForATry() {
        var post = new Post(GOOD);
        post.tick(Deadline.in(Duration.ofSeconds(10)));
        post.notifications.put(webhook(1));
        post.raise(10, id(1));

        assertThatThrownBy(() -> post.tick(Deadline.in(Duration.ofSeconds(10))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("18 s");
        assertThat(post.deliveries(10).get(0).attempts()).isEmpty();
    }
}
