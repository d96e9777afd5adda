package dev.odometer.metering.notification;

import dev.odometer.metering.notification.InMemoryNotifications.Parcel;
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

/** The deliveries of notifications in memory; as Outbox promises. */
public final class InMemoryOutbox implements Outbox {

    private final InMemoryNotifications notifications;

    public InMemoryOutbox(InMemoryNotifications notifications) {
        this.notifications = notifications;
    }

    /** When it can be taken: when it is due and in nobody's hands. */
    private static @Nullable Instant ready(Parcel parcel) {
        return parcel.heldUntil == null ? parcel.due : parcel.heldUntil;
    }

    @Override
    public List<Due> take(Instant now, Duration lease, Collection<String> busy, Most most) {
        synchronized (notifications) {
            var perChannel = new HashMap<String, Integer>();
            var taken = new ArrayList<Due>();
            List<Parcel> due = notifications.parcels.stream()
                    .filter(parcel -> parcel.due != null
                            && !Objects.requireNonNull(ready(parcel)).isAfter(now))
                    .filter(parcel -> !busy.contains(parcel.channelId))
                    .filter(parcel -> !notifications.known(parcel.channelId).disabled())
                    .sorted(Comparator.comparing(InMemoryOutbox::ready).thenComparing(p -> p.notification.id()))
                    .toList();
            for (Parcel parcel : due) {
                if (taken.size() < most.all()
                        && perChannel.merge(parcel.channelId, 1, Integer::sum) <= most.perChannel()) {
                    parcel.lease = UUID.randomUUID().toString();
                    parcel.heldUntil = now.plus(lease);
                    taken.add(new Due(
                            parcel.notification,
                            notifications.known(parcel.channelId),
                            parcel.tries,
                            parcel.since,
                            parcel.lease));
                }
            }
            return taken;
        }
    }

    @Override
    public void settle(Due due, Attempt attempt, Next next) {
        synchronized (notifications) {
            notifications.parcels.stream()
                    .filter(parcel ->
                            parcel.notification.id().equals(due.notification().id())
                                    && parcel.channelId.equals(due.channel().id()))
                    .forEach(parcel -> {
                        parcel.attempts.add(attempt);
                        if (due.lease().equals(parcel.lease)) {
                            settle(parcel, attempt, next);
                        }
                    });
        }
    }

    private void settle(Parcel parcel, Attempt attempt, Next next) {
        parcel.end(next.state(), next.reason());
        parcel.due = next.at();
        parcel.tries++;
        if (next.disablesChannel()) {
            notifications.disable(parcel.channelId, attempt.at());
        }
    }

    @Override
    public Optional<Instant> nextDue() {
        synchronized (notifications) {
            return notifications.parcels.stream()
                    .filter(parcel -> !notifications.known(parcel.channelId).disabled())
                    .filter(parcel -> parcel.due != null)
                    .map(InMemoryOutbox::ready)
                    .min(Comparator.naturalOrder());
        }
    }
}
