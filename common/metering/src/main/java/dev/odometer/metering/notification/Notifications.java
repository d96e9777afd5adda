package dev.odometer.metering.notification;

import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Channels, rules, and what the rules have noticed. */
public interface Notifications {

    /** A page of channels, by creation. */
    Page<Channel> channels(Listing listing);

    /** One that is not deleted. */
    Optional<Channel> channel(String id);

    /**
     * Adds or replaces.
     *
     * @throws dev.odometer.refusal.Refusal NOT_FOUND when it is deleted
     */
    void put(Channel channel);

    /** @throws dev.odometer.refusal.Refusal NOT_FOUND when there is none, CONFLICT when a rule that lives names it */
    void deleteChannel(String id, Instant at);

    /** A page of rules, by creation. */
    Page<Rule> rules(Listing listing);

    /** One that is not deleted. */
    Optional<Rule> rule(String id);

    /**
     * Adds or replaces. Usage that is counted after it returned is seen by the rule.
     *
     * @throws dev.odometer.refusal.Refusal NOT_FOUND when it is deleted or a channel of it does not exist
     */
    void put(Rule rule);

    /** @throws dev.odometer.refusal.Refusal NOT_FOUND when there is none */
    void deleteRule(String id, Instant at);

    /** A page of what was noticed, by when. */
    Page<Sent> list(Search search);

    Optional<Sent> find(String id);

    /** Keeps a notification that no counting raised, and has it delivered at once by the rule's channels. */
    void raise(Notification notification);

    /**
     * Raises the alerts of rules on resets about periods that began by themselves; each once, also in concurrent calls.
     *
     * @return how many were raised
     */
    int noticeResets(Instant now);

    /**
     * Has it delivered again, at once, by these channels or, when there are none named, by those it went to.
     *
     * @throws dev.odometer.refusal.Refusal NOT_FOUND when there is no such notification, INVALID when it never went to a
     *     channel
     */
    void resend(String id, List<String> channels, Instant now);

    /**
     * Forgets notifications older than that, with their deliveries; not those that are yet to be delivered by a channel
     * that is not disabled. That they were raised stays known: none is raised again.
     *
     * @return how many; 0 when there are no more
     */
    int removeOld(Instant before, int limit);

    /** What of channels or rules to list. */
    record Listing(boolean includeDeleted, boolean includeDisabled, boolean descending, PageRequest page) {}

    /**
     * What of notifications to list; empty lists match all.
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

    /** A notification and how far it is with each channel. */
    record Sent(Notification notification, List<Delivery> deliveries) {}
}
