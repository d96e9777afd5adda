package dev.odometer.api.functions.notifications;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.notification.Target.Webhook;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Masks the signing secret and the header values of webhooks in responses. A client that reads a channel and writes it
 * back sends the masked values; they stand for the stored ones.
 */
final class SecretMask {

    private static final String HEADER_VALUE = "***";
    private static final String SECRET_PREFIX = "whsec_…";
    private static final int SHOWN_CHARACTERS = 4;

    private SecretMask() {}

    static Webhook masked(Webhook webhook) {
        return shown(webhook, masked(webhook.secret()), hidden(webhook.headers()));
    }

    private static Map<String, String> hidden(Map<String, String> headers) {
        var hidden = new TreeMap<String, String>();
        headers.keySet().forEach(name -> hidden.put(name, HEADER_VALUE));
        return hidden;
    }

    /** The end of the secret tells which one of several secrets it is. */
    private static String masked(String secret) {
        return SECRET_PREFIX + secret.substring(Math.max(0, secret.length() - SHOWN_CHARACTERS));
    }

    private static Webhook shown(Webhook webhook, String secret, Map<String, String> headers) {
        return new Webhook(webhook.url(), headers, secret, null, null);
    }

    /** The webhook with what differs from the one before; everything else is masked. */
    static Webhook changes(Webhook before, Webhook after) {
        var headers = new TreeMap<String, String>();
        after.headers()
                .forEach((name, value) ->
                        headers.put(name, value.equals(before.headers().get(name)) ? HEADER_VALUE : value));
        boolean same = after.secret().equals(before.secret());
        return shown(after, same ? masked(after.secret()) : after.secret(), headers);
    }

    /**
     * The secret that a request means: the stored one if it is absent or masked.
     *
     * @param stored of the channel before, or a generated one
     */
    static String secret(@Nullable String sent, Supplier<String> stored) {
        if (sent == null) {
            return stored.get();
        }
        if (!sent.startsWith(SECRET_PREFIX)) {
            return sent;
        }
        String secret = stored.get();
        if (!sent.equals(masked(secret))) {
            throw Refusal.invalid(
                    "signingSecret is masked, but is not the mask of the channel's secret: " + Refusal.quote(sent));
        }
        return secret;
    }

    /** The headers that a request means, with the stored value in place of each masked one. */
    static Map<String, String> headers(Map<String, String> sent, Map<String, String> stored) {
        var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(stored);
        var headers = new TreeMap<String, String>();
        sent.forEach((name, value) -> headers.put(name, HEADER_VALUE.equals(value) ? value(name, byName) : value));
        return headers;
    }

    private static String value(String name, Map<String, String> stored) {
        String value = stored.get(name);
        if (value == null) {
            throw Refusal.invalid(
                    "customHeaders." + Refusal.quote(name) + " is masked (***), but the channel has no such header");
        }
        return value;
    }
}
