package dev.odometer.api.functions.notifications;

import dev.odometer.metering.notification.Channel;
import dev.odometer.metering.notification.Target.Email;
import dev.odometer.metering.notification.Target.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel in responses, see {@link ChannelDraft}. Fields of other types are absent. The secret and the values of the
 * headers are masked, except in the response to the request that sets them and to a request for them.
 */
public record ChannelView(
        String id,
        String type,
        String name,
        boolean disabled,
        @Nullable String url,
        @Nullable Map<String, String> customHeaders,
        @Nullable String signingSecret,
        @Nullable List<String> to,
        @Nullable Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt) {

    /** The id and type of a channel. */
    public record Meta(String id, @Nullable String type) {}

    /** The channel with its secret and headers. */
    static ChannelView withSecrets(Channel channel) {
        return of(channel, channel.target() instanceof Webhook target ? target : null);
    }

    static ChannelView masked(Channel channel) {
        return of(channel, channel.target() instanceof Webhook target ? SecretMask.masked(target) : null);
    }

    /** The response to an update: what the request sent is shown, and what it left as it was is masked. */
    static ChannelView updated(Channel before, Channel after) {
        boolean both = before.target() instanceof Webhook && after.target() instanceof Webhook;
        return both
                ? of(after, SecretMask.changes((Webhook) before.target(), (Webhook) after.target()))
                : withSecrets(after);
    }

    /** @param webhook the target as it is shown; null for other targets */
    private static ChannelView of(Channel channel, @Nullable Webhook webhook) {
        return new ChannelView(
                channel.id(),
                channel.target().type(),
                channel.name(),
                channel.disabled(),
                webhook == null ? null : webhook.url(),
                webhook == null || webhook.headers().isEmpty() ? null : webhook.headers(),
                webhook == null ? null : webhook.secret(),
                channel.target() instanceof Email email ? email.to() : null,
                channel.metadata().isEmpty() ? null : channel.metadata(),
                channel.createdAt(),
                channel.updatedAt(),
                channel.deletedAt());
    }

    /** Omits the secret and the headers, which may contain credentials. */
    @Override
    public String toString() {
        return "channel " + id;
    }
}
