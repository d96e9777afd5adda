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

/**
 * The destination of a channel. The factory methods validate input of clients; the constructors do not, so that stored
 * targets can still be read when the rules change.
 */
public sealed interface Target {

    /** The name of the type in the API. */
    String type();

    /**
     * An HTTP endpoint that receives signed POST requests as specified by standardwebhooks.com.
     *
     * @param url http or https
     * @param headers additional request headers
     * @param secret {@code whsec_} and Base64
     * @param previousSecret also signs requests for a time after the secret was changed
     * @param previousUntil when the previous secret expires
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
        /** Headers of the connection, see RFC 9110, 7.6.1, and headers that the HTTP client sets. */
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

        /** @throws Refusal when a value is invalid or a header is reserved */
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
                // Refused below, like every other invalid URL.
            }
            throw Refusal.invalid(
                    "url must be an absolute http or https URL without user and fragment: " + Refusal.quote(url));
        }

        private static void checkHeader(String name, @Nullable String value) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!HEADER_NAME.matcher(name).matches()) {
                throw Refusal.invalid("customHeaders has an invalid header name: " + Refusal.quote(name));
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

        /**
         * This webhook as the replacement of a previous one. If the secret changed, the old secret also signs until the
         * given time; otherwise an earlier change stays in effect until it expires.
         */
        public Webhook replacing(Webhook other, Instant now, Instant until) {
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

        /** Without the secret and the headers, which may contain credentials. */
        @Override
        public String toString() {
            return "WEBHOOK";
        }
    }

    /** E-mail addresses. Each receives a separate e-mail. */
    record Email(List<String> to) implements Target {

        private static final int MAX_ADDRESSES = 10;
        private static final int MAX_ADDRESS_LENGTH = 254;
        /** An address without comments, quoted strings and routes. Whether it exists is known only after an attempt. */
        private static final Pattern ADDRESS = Pattern.compile("[^\\s\\p{Cntrl}\"(),:;<>@\\[\\\\\\]]{1,64}"
                + "@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)*"
                + "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?");

        public Email {
            to = List.copyOf(to);
        }

        /** @throws Refusal without addresses, with too many, or with an invalid one */
        public static Email of(List<String> to) {
            if (to.isEmpty() || to.size() > MAX_ADDRESSES) {
                throw Refusal.invalid("to must have 1 to " + MAX_ADDRESSES + " addresses");
            }
            for (String address : to) {
                Text.checked("to", address, MAX_ADDRESS_LENGTH);
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
