package dev.odometer.metering.notification;

import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store of notification channels, rules and notifications. */
public interface Notifications {

    /** A page of channels, by creation time. */
    Page<Channel> channels(Listing listing);

    /** The live channel with this id. */
    Optional<Channel> channel(String id);

    /**
     * Adds or replaces a channel.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when it is deleted
     */
    void put(Channel channel);

    /**
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND without a live channel; CONFLICT when a live rule uses
     *     it
     */
    void deleteChannel(String id, Instant at);

    /** A page of the rules that match, by creation time. */
    Page<Rule> rules(RuleFilter filter, Listing listing);

    /** The live rule with this id. */
    Optional<Rule> rule(String id);

    /**
     * Adds or replaces a rule. It is evaluated for all usage that is counted after this method returns.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when it is deleted or one of its channels does not exist
     */
    void put(Rule rule);

    /** @throws dev.odometer.functions.refusal.Refusal NOT_FOUND without a live rule */
    void deleteRule(String id, Instant at);

    /** A page of notifications, by creation time. */
    Page<Sent> list(Search search);

    Optional<Sent> find(String id);

    /**
     * Stores a notification that was not raised by counted usage, and schedules its delivery to the rule's channels.
     */
    void raise(Notification notification);

    /**
     * Raises the alerts of rules on resets for periods that started on schedule. Each is raised once, even in
     * concurrent calls.
     *
     * @return the number of raised alerts
     */
    int raiseStartedPeriods(Instant now);

    /**
     * Schedules a notification for immediate redelivery.
     *
     * @param channels channel ids; empty for all channels that it was sent to
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such notification; INVALID when it was
     *     not sent to one of the channels
     */
    void resend(String id, List<String> channels, Instant now);

    /**
     * Deletes notifications older than the time, with their deliveries, except those with a pending delivery to an
     * enabled channel. Their alert keys are kept, so that none is raised again.
     *
     * @return the number of deleted ones; 0 when there is nothing left to delete
     */
    int removeOlderThan(Instant before, int limit);

    /** The filters and order of a list of channels or rules. */
    record Listing(boolean includeDeleted, boolean includeDisabled, boolean descending, PageRequest page) {}

    /**
     * Matches rules that name one of the features and one of the channels. Empty filters match all.
     *
     * @param features ids or keys
     */
    record RuleFilter(List<String> features, List<String> channels) {

        public static final RuleFilter ALL = new RuleFilter(List.of(), List.of());

        public RuleFilter {
            features = List.copyOf(features);
            channels = List.copyOf(channels);
        }
    }

    /**
     * The filters and order of a list of notifications. Empty filters match all.
     *
     * @param features ids or keys
     */
    record Search(
            @Nullable Instant from,
            @Nullable Instant to,
            List<String> features,
            List<String> subjects,
            List<String> rules,
            List<String> channels,
            boolean descending,
            PageRequest page) {}

    /** A notification with its deliveries. */
    record Sent(Notification notification, List<Delivery> deliveries) {}
}
