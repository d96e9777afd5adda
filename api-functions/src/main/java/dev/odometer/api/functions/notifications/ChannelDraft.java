package dev.odometer.api.functions.notifications;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.notification.Channel;
import dev.odometer.metering.notification.Target;
import dev.odometer.metering.notification.Target.Email;
import dev.odometer.metering.notification.Target.Webhook;
import dev.odometer.metering.resource.Lifecycle;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A channel in requests.
 *
 * @param type WEBHOOK or EMAIL
 * @param disabled whether deliveries are on hold; false when absent
 * @param url of a webhook: http or https, without user information, at most 2,048 characters
 * @param customHeaders of a webhook: at most 20 additional headers; {@code ***} keeps the stored value
 * @param signingSecret of a webhook: 32 to 100 characters of Base64, with or without {@code whsec_}; generated when
 *     absent; the masked value keeps the stored one
 * @param to of e-mail: 1 to 10 addresses
 */
public record ChannelDraft(
        @Required @Nullable String type,
        @Required @Nullable String name,
        @Nullable Boolean disabled,
        @Nullable String url,
        @Nullable Map<String, String> customHeaders,
        @Nullable String signingSecret,
        @Nullable List<@Nullable String> to,
        @Nullable Map<String, String> metadata) {

    private static final Duration ROTATION = Duration.ofHours(24);
    private static final int SECRET_BYTES = 32;
    private static final int MAX_ADDRESSES = 100;

    /** @throws Refusal when a field is missing or breaks a rule */
    Channel toChannel(String id, Instant now) {
        return channel(id, target(ChannelDraft::secret, Map.of()), Lifecycle.created(now));
    }

    /** The updated channel. The secret stays unless a new one is given; then the previous one also signs for a day. */
    Channel toChannel(Channel before, Instant now) {
        Target target = before.target() instanceof Webhook webhook
                ? target(webhook::secret, webhook.headers())
                : target(ChannelDraft::secret, Map.of());
        if (target instanceof Webhook after && before.target() instanceof Webhook webhook) {
            target = after.replacing(webhook, now, now.plus(ROTATION));
        }
        return channel(before.id(), target, before.lifecycle().changed(now));
    }

    private Channel channel(String id, Target target, Lifecycle lifecycle) {
        return new Channel(
                id,
                Bounds.required("name", name),
                Boolean.TRUE.equals(disabled),
                target,
                Objects.requireNonNullElse(metadata, Map.of()),
                lifecycle);
    }

    private Target target(Supplier<String> storedSecret, Map<String, String> storedHeaders) {
        boolean isWebhook =
                Bounds.choice("type", Bounds.required("type", type), Map.of("WEBHOOK", true, "EMAIL", false));
        if (isWebhook) {
            Bounds.absent("to", to, type);
            return Webhook.of(
                    Bounds.required("url", url),
                    SecretMask.headers(Objects.requireNonNullElse(customHeaders, Map.of()), storedHeaders),
                    SecretMask.secret(signingSecret, storedSecret));
        }
        Bounds.absent("url", url, type);
        Bounds.absent("customHeaders", customHeaders == null ? null : customHeaders.keySet(), type);
        Bounds.absent("signingSecret", signingSecret, type);
        return Email.of(List.copyOf(Bounds.texts("to", to, MAX_ADDRESSES)));
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return "whsec_" + Base64.getEncoder().encodeToString(bytes);
    }
}
