package dev.odometer.metering.notification;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.notification.Delivery.State;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Channels, rules and notifications in maps; as Notifications promises. It knows no entitlements: {@link InMemoryAlerts}
 * looks at their periods.
 */
public final class InMemoryNotifications implements Notifications {

    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private final Map<String, Notification> raised = new LinkedHashMap<>();
    final List<Parcel> parcels = new ArrayList<>();
    private final DeliverySignal signal;
    private ToIntFunction<Instant> periodStarts = now -> 0;

    public InMemoryNotifications() {
        this(DeliverySignal.NONE);
    }

    public InMemoryNotifications(DeliverySignal signal) {
        this.signal = signal;
    }

    /** Has periods that began by themselves looked at. */
    void onNoticeResets(ToIntFunction<Instant> evaluation) {
        periodStarts = evaluation;
    }

    /** A delivery as it is kept. */
    static final class Parcel {
        final Notification notification;
        final String channelId;
        State state = State.PENDING;

        @Nullable
        String reason;

        @Nullable
        Instant due;

        Instant since;
        int tries;

        @Nullable
        String lease;

        @Nullable
        Instant heldUntil;

        final List<Attempt> attempts = new ArrayList<>();

        Parcel(Notification notification, String channelId, Instant now) {
            this.notification = notification;
            this.channelId = channelId;
            this.due = now;
            this.since = now;
        }

        void end(State end, @Nullable String why) {
            state = end;
            reason = why;
            due = null;
            lease = null;
            heldUntil = null;
        }

        void again(Instant now) {
            end(State.RESENDING, null);
            due = now;
            since = now;
            tries = 0;
        }
    }

    @Override
    public synchronized Page<Channel> channels(Listing listing) {
        return listing.page()
                .slice(channels.values().stream()
                        .filter(channel -> listing.includeDeleted() || !channel.isDeleted())
                        .filter(channel -> listing.includeDisabled() || !channel.disabled())
                        .sorted(order(listing.descending(), Channel::createdAt, Channel::id))
                        .toList());
    }

    private static <T> Comparator<T> order(boolean descending, Function<T, Instant> createdAt, Function<T, String> id) {
        Comparator<T> order = Comparator.comparing(createdAt).thenComparing(id);
        return descending ? order.reversed() : order;
    }

    /** Of any channel that ever was. */
    Channel known(String id) {
        return Objects.requireNonNull(channels.get(id));
    }

    @Override
    public synchronized Optional<Channel> channel(String id) {
        return Optional.ofNullable(channels.get(id)).filter(channel -> !channel.isDeleted());
    }

    @Override
    public synchronized void put(Channel channel) {
        if (channels.containsKey(channel.id())) {
            living(channel.id());
        }
        channels.put(channel.id(), channel);
    }

    private Channel living(String id) {
        return channel(id).orElseThrow(() -> Refusal.notFound("channel not found: " + Refusal.quote(id)));
    }

    @Override
    public synchronized void deleteChannel(String id, Instant at) {
        Channel c = living(id);
        rules.values().stream()
                .filter(rule -> !rule.isDeleted() && rule.channels().contains(id))
                .findFirst()
                .ifPresent(rule -> {
                    throw Refusal.conflict("the channel is in use by a rule: " + rule.id());
                });
        channels.put(id, new Channel(id, c.name(), c.disabled(), c.target(), c.metadata(), deleted(c, at)));
        parcels.stream()
                .filter(parcel -> parcel.channelId.equals(id) && parcel.due != null)
                .forEach(parcel -> parcel.end(State.FAILED, "the channel was deleted"));
    }

    void disable(String id, Instant at) {
        Channel c = known(id);
        channels.put(
                id,
                new Channel(
                        id,
                        c.name(),
                        true,
                        c.target(),
                        c.metadata(),
                        c.lifecycle().changed(at)));
    }

    @Override
    public synchronized Page<Rule> rules(Listing listing) {
        return listing.page()
                .slice(rules.values().stream()
                        .filter(rule -> listing.includeDeleted() || !rule.isDeleted())
                        .filter(rule -> listing.includeDisabled() || !rule.disabled())
                        .sorted(order(listing.descending(), Rule::createdAt, Rule::id))
                        .toList());
    }

    @Override
    public synchronized Optional<Rule> rule(String id) {
        return Optional.ofNullable(rules.get(id)).filter(rule -> !rule.isDeleted());
    }

    private Rule livingRule(String id) {
        return rule(id).orElseThrow(() -> Refusal.notFound("rule not found: " + Refusal.quote(id)));
    }

    @Override
    public synchronized void put(Rule rule) {
        if (rules.containsKey(rule.id())) {
            livingRule(rule.id());
        }
        rule.channels().forEach(this::living);
        rules.put(rule.id(), rule);
    }

    @Override
    public synchronized void deleteRule(String id, Instant at) {
        Rule r = livingRule(id);
        rules.put(id, new Rule(id, r.name(), r.disabled(), r.watch(), r.channels(), r.metadata(), deleted(r, at)));
    }

    private static Lifecycle deleted(Resource resource, Instant at) {
        return new Lifecycle(resource.createdAt(), resource.updatedAt(), at);
    }

    @Override
    public synchronized Page<Sent> list(Search search) {
        Predicate<Notification> wanted = n -> (search.from() == null
                        || !n.createdAt().isBefore(search.from()))
                && (search.to() == null || n.createdAt().isBefore(search.to()))
                && (search.rules().isEmpty() || search.rules().contains(n.rule().id()))
                && isAmong(search.subjects(), n.topic().subject())
                && (isAmong(search.features(), n.topic().featureId())
                        || isAmong(search.features(), n.topic().featureKey()))
                && (search.channels().isEmpty()
                        || parcels(n.id()).anyMatch(parcel -> search.channels().contains(parcel.channelId)));
        return search.page()
                .slice(raised.values().stream()
                        .filter(wanted)
                        .sorted(order(search.descending(), Notification::createdAt, Notification::id))
                        .map(this::sent)
                        .toList());
    }

    private static boolean isAmong(List<String> wanted, @Nullable String text) {
        return wanted.isEmpty() || (text != null && wanted.contains(text));
    }

    private Stream<Parcel> parcels(String notificationId) {
        return parcels.stream()
                .filter(parcel -> parcel.notification.id().equals(notificationId))
                .sorted(Comparator.comparing(parcel -> parcel.channelId));
    }

    private Sent sent(Notification notification) {
        return new Sent(
                notification,
                parcels(notification.id())
                        .map(p -> new Delivery(known(p.channelId), p.state, p.reason, p.due, p.attempts))
                        .toList());
    }

    @Override
    public synchronized Optional<Sent> find(String id) {
        return Optional.ofNullable(raised.get(id)).map(this::sent);
    }

    @Override
    public synchronized void raise(Notification notification) {
        raised.put(notification.id(), notification);
        notification.rule().channels().stream()
                .filter(id -> channel(id).isPresent())
                .forEach(id -> parcels.add(new Parcel(notification, id, notification.createdAt())));
        signal.deliveriesDue();
    }

    @Override
    public synchronized int noticeResets(Instant now) {
        return periodStarts.applyAsInt(now);
    }

    @Override
    public synchronized void resend(String id, List<String> wanted, Instant now) {
        if (!raised.containsKey(id)) {
            throw Refusal.notFound("event not found: " + Refusal.quote(id));
        }
        for (String channel : wanted) {
            if (parcels(id).noneMatch(parcel -> parcel.channelId.equals(channel))
                    || channel(channel).isEmpty()) {
                throw Refusal.invalid(
                        "the event has no delivery to the channel, or the channel is deleted: " + Refusal.quote(channel));
            }
        }
        parcels(id)
                .filter(parcel -> wanted.isEmpty() || wanted.contains(parcel.channelId))
                .filter(parcel -> channel(parcel.channelId).isPresent())
                .forEach(parcel -> parcel.again(now));
        signal.deliveriesDue();
    }

    @Override
    public synchronized int removeOld(Instant before, int limit) {
        List<String> old = raised.values().stream()
                .filter(one -> one.createdAt().isBefore(before))
                .map(Notification::id)
                .filter(id -> parcels(id)
                        .noneMatch(parcel ->
                                parcel.due != null && !known(parcel.channelId).disabled()))
                .limit(limit)
                .toList();
        parcels.removeIf(parcel -> old.contains(parcel.notification.id()));
        raised.keySet().removeAll(old);
        return old.size();
    }
}
