package dev.odometer.api.functions.notifications;

import dev.odometer.metering.notification.Channel;
import dev.odometer.metering.notification.Target.Email;
import dev.odometer.metering.notification.Target.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A channel in responses, including its secret; see {@link ChannelDraft}. Fields of other types are absent. */
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

    static ChannelView of(Channel channel) {
        Webhook webhook = channel.target() instanceof Webhook target ? target : null;
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
