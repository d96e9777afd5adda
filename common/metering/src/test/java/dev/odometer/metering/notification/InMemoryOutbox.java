package dev.odometer.metering.notification;

import dev.odometer.metering.notification.InMemoryNotifications.StoredDelivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The deliveries of notifications in memory. Passes {@link OutboxContract}. */
public final class InMemoryOutbox implements Outbox {

    private final InMemoryNotifications notifications;
    private final Clock clock;

    public InMemoryOutbox(InMemoryNotifications notifications) {
        this(notifications, Clock.systemUTC());
    }

    public InMemoryOutbox(InMemoryNotifications notifications, Clock clock) {
        this.notifications = notifications;
        this.clock = clock;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    /** When it can be taken: when it is due or, if it is leased, when the lease expires. */
    private static @Nullable Instant availableAt(StoredDelivery delivery) {
        return delivery.leasedUntil == null ? delivery.due : delivery.leasedUntil;
    }

    @Override
    public List<Due> take(Instant now, Duration lease, Collection<String> busy, Limits most) {
        synchronized (notifications) {
            var perChannel = new HashMap<String, Integer>();
            var taken = new ArrayList<Due>();
            List<StoredDelivery> due = notifications.deliveries.stream()
                    .filter(delivery -> delivery.due != null
                            && !Objects.requireNonNull(availableAt(delivery)).isAfter(now))
                    .filter(delivery -> !busy.contains(delivery.channelId))
                    .filter(delivery ->
                            !notifications.existing(delivery.channelId).disabled())
                    .sorted(Comparator.comparing(InMemoryOutbox::availableAt).thenComparing(p -> p.notification.id()))
                    .toList();
            for (StoredDelivery delivery : due) {
                if (taken.size() < most.all()
                        && perChannel.merge(delivery.channelId, 1, Integer::sum) <= most.perChannel()) {
                    delivery.lease = UUID.randomUUID().toString();
                    delivery.leasedUntil = now.plus(lease);
                    taken.add(new Due(
                            delivery.notification,
                            notifications.existing(delivery.channelId),
                            delivery.attemptCount,
                            delivery.since,
                            delivery.lease));
                }
            }
            return taken;
        }
    }

    @Override
    public void settle(Due due, Attempt attempt, Next next) {
        synchronized (notifications) {
            notifications.deliveries.stream()
                    .filter(delivery ->
                            delivery.notification.id().equals(due.notification().id())
                                    && delivery.channelId.equals(due.channel().id()))
                    .forEach(delivery -> {
                        delivery.attempts.add(attempt);
                        if (due.lease().equals(delivery.lease)) {
                            settle(delivery, attempt, next);
                        }
                    });
        }
    }

    private void settle(StoredDelivery delivery, Attempt attempt, Next next) {
        delivery.end(next.state(), next.reason());
        delivery.due = next.at();
        delivery.attemptCount++;
        if (next.disablesChannel()) {
            notifications.disable(delivery.channelId, attempt.at());
        }
    }

    @Override
    public int resetDueAfter(Instant latest, Instant now) {
        synchronized (notifications) {
            List<StoredDelivery> implausible = notifications.deliveries.stream()
                    .filter(delivery -> delivery.due != null
                            && Objects.requireNonNull(availableAt(delivery)).isAfter(latest))
                    .toList();
            implausible.forEach(delivery -> {
                delivery.due = now;
                delivery.leasedUntil = null;
            });
            return implausible.size();
        }
    }

    @Override
    public Optional<Instant> nextDue() {
        synchronized (notifications) {
            return notifications.deliveries.stream()
                    .filter(delivery ->
                            !notifications.existing(delivery.channelId).disabled())
                    .filter(delivery -> delivery.due != null)
                    .map(InMemoryOutbox::availableAt)
                    .min(Comparator.naturalOrder());
        }
    }
}
