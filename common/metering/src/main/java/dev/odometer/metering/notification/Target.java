package dev.odometer.metering.notification;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a channel leads. The factories check what somebody asks for; what is kept already was asked for. */
public sealed interface Target {

    /** The kind's name, as the wire API has it. */
    String type();

    /**
     * An HTTP endpoint that gets signed POSTs, as standardwebhooks.com has them.
     *
     * @param url http or https
     * @param headers sent besides
     * @param secret {@code whsec_} and Base64
     * @param previousSecret signs beside the current one after a change of secrets
     * @param previousUntil when the previous one ends
     */
    record Webhook(
            String url,
            Map<String, String> headers,
            String secret,
            @Nullable String previousSecret,
            @Nullable Instant previousUntil)
            implements Target {

        private static final String PREFIX = "whsec_";
        private static final int MAX_URL_LENGTH = 2048;
        private static final int MAX_HEADERS = 20;
        private static final int MAX_HEADER_LENGTH = 1024;
        private static final Pattern SECRET = Pattern.compile("(?:whsec_)?[a-zA-Z0-9+/=]{32,100}");
        private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
        private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e\\t]*[\\x21-\\x7e])?");
        /** The connection's own, see RFC 9110, 7.6.1, and what the message itself decides. */
        private static final Set<String> RESERVED = Set.of(
                "connection",
                "expect",
                "host",
                "keep-alive",
                "proxy-authenticate",
                "proxy-authorization",
                "proxy-connection",
                "te",
                "trailer",
                "transfer-encoding",
                "upgrade");

        private static final List<String> RESERVED_PREFIXES = List.of("content-", "svix-", "webhook-");

        public Webhook {
            headers = Collections.unmodifiableMap(new TreeMap<>(headers));
        }

        /** @throws Refusal when it may not be asked for */
        public static Webhook of(String url, Map<String, String> headers, String secret) {
            checkUrl(url);
            if (headers.size() > MAX_HEADERS) {
                throw Refusal.invalid("customHeaders must have at most " + MAX_HEADERS + " headers");
            }
            headers.forEach(Webhook::checkHeader);
            if (!SECRET.matcher(secret).matches() || !isBase64(secret)) {
                throw Refusal.invalid(
                        "signingSecret must be 32 to 100 characters of Base64, with or without whsec_ in front");
            }
            return new Webhook(url, headers, secret, null, null);
        }

        private static boolean isBase64(String secret) {
            try {
                Base64.getDecoder().decode(secret.substring(secret.startsWith(PREFIX) ? PREFIX.length() : 0));
                return true;
            } catch (IllegalArgumentException malformed) {
                return false;
            }
        }

        private static void checkUrl(String url) {
            Text.checked("url", url, MAX_URL_LENGTH);
            try {
                URI uri = new URI(url).parseServerAuthority();
                String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
                boolean complete =
                        uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
                if (complete && (scheme.equals("http") || scheme.equals("https")) && uri.getPort() <= 65_535) {
                    return;
                }
            } catch (URISyntaxException malformed) {
                // Said below, like everything else that is wrong with it.
            }
            throw Refusal.invalid(
                    "url must be an absolute http or https URL without user and fragment: " + Refusal.quote(url));
        }

        private static void checkHeader(String name, @Nullable String value) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!HEADER_NAME.matcher(name).matches()) {
                throw Refusal.invalid("customHeaders has a name that is none: " + Refusal.quote(name));
            }
            if (RESERVED.contains(lower) || RESERVED_PREFIXES.stream().anyMatch(lower::startsWith)) {
                throw Refusal.invalid("customHeaders must not set " + name);
            }
            if (value == null
                    || value.length() > MAX_HEADER_LENGTH
                    || !(value.isEmpty() || HEADER_VALUE.matcher(value).matches())) {
                throw Refusal.invalid("customHeaders." + name + " must be at most " + MAX_HEADER_LENGTH
                        + " visible ASCII characters and spaces between them");
            }
        }

        /** This one with the other's secret signing beside its own until then, where they differ. */
        public Webhook after(Webhook other, Instant now, Instant until) {
            if (!secret.equals(other.secret)) {
                return new Webhook(url, headers, secret, other.secret, until);
            }
            boolean over = other.previousUntil == null || !other.previousUntil.isAfter(now);
            return over ? this : new Webhook(url, headers, secret, other.previousSecret, other.previousUntil);
        }

        @Override
        public String type() {
            return "WEBHOOK";
        }

        /** No secret, nor headers, which may hold some. */
        @Override
        public String toString() {
            return "WEBHOOK";
        }
    }

    /** Mailboxes that get an e-mail each. */
    record Email(List<String> to) implements Target {

        private static final int MOST = 10;
        private static final int LONGEST = 254;
        /** An address without comments, quotes and routes; whether it exists only a try says. */
        private static final Pattern ADDRESS = Pattern.compile("[^\\s\\p{Cntrl}\"(),:;<>@\\[\\\\\\]]{1,64}"
                + "@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)*"
                + "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?");

        public Email {
            to = List.copyOf(to);
        }

        /** @throws Refusal when it may not be asked for */
        public static Email of(List<String> to) {
            if (to.isEmpty() || to.size() > MOST) {
                throw Refusal.invalid("to must have 1 to " + MOST + " addresses");
            }
            for (String address : to) {
                Text.checked("to", address, LONGEST);
                if (!ADDRESS.matcher(address).matches()) {
                    throw Refusal.invalid("to must be addresses such as ops@example.com: " + Refusal.quote(address));
                }
            }
            return new Email(to);
        }

        @Override
        public String type() {
            return "EMAIL";
        }
    }
}
