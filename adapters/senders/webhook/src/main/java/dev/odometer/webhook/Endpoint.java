package dev.odometer.webhook;

import dev.odometer.functions.refusal.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The validated URL of a webhook.
 *
 * @param uri an http or https URI with a host and without user information
 * @param authorization the value of the Authorization header for the URL's user information
 */
record Endpoint(URI uri, Optional<String> authorization) {

    /**
     * A host whose last label is numeric, which browsers treat as an IPv4 address (WHATWG URL, "ends in a number
     * checker"). Notations such as {@code 0x7f.1} would reach addresses that are not public.
     */
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    private static final String BYTE = "(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])";
    private static final Pattern DOTTED = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]+]");
    private static final int MAX_LENGTH = 2048;
    private static final int MAX_PORT = 65_535;

    /** @throws Refusal INVALID with the reason; it never contains the URL, which may hold a secret */
    static Endpoint of(String url) {
        if (url.length() > MAX_LENGTH) {
            throw Refusal.invalid("the URL has more than " + MAX_LENGTH + " characters");
        }
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.equals("https") && !scheme.equals("http")) {
                throw Refusal.invalid("the URL must be https or http");
            }
            if (uri.getHost() == null || !isPlain(uri.getHost())) {
                throw Refusal.invalid("the URL has no valid host");
            }
            if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
                throw Refusal.invalid("the URL has an invalid port: " + uri.getPort());
            }
            return new Endpoint(
                    withoutUserAndFragment(uri),
                    Optional.ofNullable(uri.getUserInfo()).map(Endpoint::basic));
        } catch (URISyntaxException invalid) {
            // The exception's message contains the URL, and so any secret in it.
            throw Refusal.invalid("the URL cannot be parsed: " + invalid.getReason());
        }
    }

    private static boolean isPlain(String host) {
        return host.startsWith("[")
                ? IPV6.matcher(host).matches()
                : !NUMERIC.matcher(host).matches() || DOTTED.matcher(host).matches();
    }

    private static URI withoutUserAndFragment(URI uri) throws URISyntaxException {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new URI(origin(uri) + path + query);
    }

    private static String origin(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getHost() + port;
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    /** The URL for attempts and logs, without the query, which may hold a secret. */
    String shown() {
        return origin(uri) + uri.getRawPath();
    }
}
