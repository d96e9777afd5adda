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
 * Channels, rules and notifications in memory. Passes {@link NotificationsContract}. It has no access to entitlements:
 * {@link InMemoryAlerts} evaluates their periods.
 */
public final class InMemoryNotifications implements Notifications {

    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private final Map<String, Notification> raised = new LinkedHashMap<>();
    final List<StoredDelivery> deliveries = new ArrayList<>();
    private final DeliverySignal signal;
    private ToIntFunction<Instant> periodStarts = now -> 0;

    public InMemoryNotifications() {
        this(DeliverySignal.NONE);
    }

    public InMemoryNotifications(DeliverySignal signal) {
        this.signal = signal;
    }

    /** Sets the evaluation of periods that started on schedule. */
    void onNoticeResets(ToIntFunction<Instant> evaluation) {
        periodStarts = evaluation;
    }

    /** A stored delivery. */
    static final class StoredDelivery {
        final Notification notification;
        final String channelId;
        State state = State.PENDING;

        @Nullable
        String reason;

        @Nullable
        Instant due;

        Instant since;
        int attemptCount;

        @Nullable
        String lease;

        @Nullable
        Instant leasedUntil;

        final List<Attempt> attempts = new ArrayList<>();

        StoredDelivery(Notification notification, String channelId, Instant now) {
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
            leasedUntil = null;
        }

        void again(Instant now) {
            end(State.RESENDING, null);
            due = now;
            since = now;
            attemptCount = 0;
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

    /** The channel with this id, deleted or not. */
    Channel existing(String id) {
        return Objects.requireNonNull(channels.get(id));
    }

    @Override
    public synchronized Optional<Channel> channel(String id) {
        return Optional.ofNullable(channels.get(id)).filter(channel -> !channel.isDeleted());
    }

    @Override
    public synchronized void put(Channel channel) {
        if (channels.containsKey(channel.id())) {
            liveChannel(channel.id());
        }
        channels.put(channel.id(), channel);
    }

    private Channel liveChannel(String id) {
        return channel(id).orElseThrow(() -> Refusal.notFound("channel not found: " + Refusal.quote(id)));
    }

    @Override
    public synchronized void deleteChannel(String id, Instant at) {
        Channel c = liveChannel(id);
        rules.values().stream()
                .filter(rule -> !rule.isDeleted() && rule.channels().contains(id))
                .findFirst()
                .ifPresent(rule -> {
                    throw Refusal.conflict("the channel is in use by a rule: " + rule.id());
                });
        channels.put(id, new Channel(id, c.name(), c.disabled(), c.target(), c.metadata(), deleted(c, at)));
        deliveries.stream()
                .filter(delivery -> delivery.channelId.equals(id) && delivery.due != null)
                .forEach(delivery -> delivery.end(State.FAILED, "the channel was deleted"));
    }

    void disable(String id, Instant at) {
        Channel c = existing(id);
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
    public synchronized Page<Rule> rules(RuleFilter filter, Listing listing) {
        return listing.page()
                .slice(rules.values().stream()
                        .filter(rule -> matches(filter, rule))
                        .filter(rule -> listing.includeDeleted() || !rule.isDeleted())
                        .filter(rule -> listing.includeDisabled() || !rule.disabled())
                        .sorted(order(listing.descending(), Rule::createdAt, Rule::id))
                        .toList());
    }

    private static boolean matches(RuleFilter filter, Rule rule) {
        Map<String, String> features = rule.condition().features();
        return (filter.channels().isEmpty() || rule.channels().stream().anyMatch(filter.channels()::contains))
                && (filter.features().isEmpty()
                        || Stream.concat(features.keySet().stream(), features.values().stream())
                                .anyMatch(filter.features()::contains));
    }

    @Override
    public synchronized Optional<Rule> rule(String id) {
        return Optional.ofNullable(rules.get(id)).filter(rule -> !rule.isDeleted());
    }

    private Rule liveRule(String id) {
        return rule(id).orElseThrow(() -> Refusal.notFound("rule not found: " + Refusal.quote(id)));
    }

    @Override
    public synchronized void put(Rule rule) {
        if (rules.containsKey(rule.id())) {
            liveRule(rule.id());
        }
        rule.channels().forEach(this::liveChannel);
        rules.put(rule.id(), rule);
    }

    @Override
    public synchronized void deleteRule(String id, Instant at) {
        Rule r = liveRule(id);
        rules.put(id, new Rule(id, r.name(), r.disabled(), r.condition(), r.channels(), r.metadata(), deleted(r, at)));
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
                        || deliveries(n.id())
                                .anyMatch(delivery -> search.channels().contains(delivery.channelId)));
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

    private Stream<StoredDelivery> deliveries(String notificationId) {
        return deliveries.stream()
                .filter(delivery -> delivery.notification.id().equals(notificationId))
                .sorted(Comparator.comparing(delivery -> delivery.channelId));
    }

    private Sent sent(Notification notification) {
        return new Sent(
                notification,
                deliveries(notification.id())
                        .map(p -> new Delivery(existing(p.channelId), p.state, p.reason, p.due, p.attempts))
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
                .forEach(id -> deliveries.add(new StoredDelivery(notification, id, notification.createdAt())));
        signal.deliveriesDue();
    }

    @Override
    public synchronized int raiseStartedPeriods(Instant now) {
        return periodStarts.applyAsInt(now);
    }

    @Override
    public synchronized void resend(String id, List<String> wanted, Instant now) {
        if (!raised.containsKey(id)) {
            throw Refusal.notFound("event not found: " + Refusal.quote(id));
        }
        for (String channel : wanted) {
            if (deliveries(id).noneMatch(delivery -> delivery.channelId.equals(channel))
                    || channel(channel).isEmpty()) {
                throw Refusal.invalid("the event has no delivery to the channel, or the channel is deleted: "
                        + Refusal.quote(channel));
            }
        }
        deliveries(id)
                .filter(delivery -> wanted.isEmpty() || wanted.contains(delivery.channelId))
                .filter(delivery -> channel(delivery.channelId).isPresent())
                .forEach(delivery -> delivery.again(now));
        signal.deliveriesDue();
    }

    @Override
    public synchronized int removeOlderThan(Instant before, int limit) {
        List<String> old = raised.values().stream()
                .filter(one -> one.createdAt().isBefore(before))
                .map(Notification::id)
                .filter(id -> deliveries(id)
                        .noneMatch(delivery -> delivery.due != null
                                && !existing(delivery.channelId).disabled()))
                .limit(limit)
                .toList();
        deliveries.removeIf(delivery -> old.contains(delivery.notification.id()));
        raised.keySet().removeAll(old);
        return old.size();
    }
}
