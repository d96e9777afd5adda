package dev.odometer.api.functions.notifications;

import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Rule;
import java.util.HashMap;
import java.util.Map;

/** Shows rules with the types of their channels, each of which is read once. Not thread-safe. */
final class RuleViews {

    private final Notifications notifications;
    private final Map<String, ChannelView.Meta> channels = new HashMap<>();

    RuleViews(Notifications notifications) {
        this.notifications = notifications;
    }

    RuleView of(Rule rule) {
        return RuleView.of(rule, id -> channels.computeIfAbsent(id, this::meta));
    }

    /** The type of a deleted channel is absent. */
    private ChannelView.Meta meta(String id) {
        return new ChannelView.Meta(
                id,
                notifications
                        .channel(id)
                        .map(channel -> channel.target().type())
                        .orElse(null));
    }
}
