package dev.odometer.event.functions.notifications;

import static dev.odometer.metering.notification.Examples.calls;
import static dev.odometer.metering.notification.Examples.id;
import static dev.odometer.metering.notification.Examples.notification;
import static dev.odometer.metering.notification.Examples.rule;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.notification.Courier;
import dev.odometer.metering.notification.Delivery;
import dev.odometer.metering.notification.InMemoryNotifications;
import dev.odometer.metering.notification.InMemoryOutbox;
import dev.odometer.metering.notification.Outbox;
import dev.odometer.metering.notification.Rule;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notifications, their outbox and their delivery, in memory. */
final class NotificationsFixture {

    final InMemoryNotifications notifications = new InMemoryNotifications();
    final Outbox outbox = new InMemoryOutbox(notifications);
    final List<Instant> wakes = new ArrayList<>();
    private final List<Courier> couriers;

    NotificationsFixture(Courier... couriers) {
        this.couriers = List.of(couriers);
    }

    /** Writes text in place of JSON; no test parses it. */
    private static final class TextDocuments implements Documents {

        @Override
        public <T> T event(byte[] json, Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void check(byte[] json) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] write(Object value) {
            return value.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }

        @Override
        public Map<String, @Nullable Object> tree(Object value) {
            throw new UnsupportedOperationException();
        }
    }

    void raise(int n, String... channels) {
        Rule rule = rule(n + 500, calls("10"), channels);
        notifications.put(rule);
        notifications.raise(notification(n, rule, "acme"));
    }

    void tick(Deadline deadline) {
        tick(deadline, Clock.systemUTC());
    }

    void tick(Deadline deadline, Clock clock) {
        WakeUp timer = new WakeUp() {
            @Override
            public void wake(String schedule) {}

            @Override
            public void wake(String schedule, Instant at) {
                wakes.add(at);
            }
        };
        new DeliverNotifications(notifications, outbox, couriers, TextDocuments::new, clock, () -> timer)
                .accept(new Timed<>(new Tick("deliverNotifications", Instant.EPOCH), deadline));
    }

    List<Delivery> deliveries(int n) {
        return notifications.find(id(n)).orElseThrow().deliveries();
    }
}
