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
 * Where a webhook goes.
 *
 * @param uri http or https, with a host and without user
 * @param authorization what the user in the URL becomes
 */
record Endpoint(URI uri, Optional<String> authorization) {

    /** By the last label, as browsers decide it: such a host is an address, in one of many notations. */
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    private static final String BYTE = "(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])";
    private static final Pattern DOTTED = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]+]");
    private static final int LONGEST = 2048;
    private static final int MAX_PORTS = 65_535;

    /** @throws Refusal INVALID, saying what is wrong with it */
    static Endpoint of(String url) {
        if (url.length() > LONGEST) {
            throw Refusal.invalid("the URL has more than " + LONGEST + " characters");
        }
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.equals("https") && !scheme.equals("http")) {
                throw Refusal.invalid("the URL is neither https nor http");
            }
            if (uri.getHost() == null || !isPlain(uri.getHost())) {
                throw Refusal.invalid("the URL names no host, or one in a notation that is not plain");
            }
            if (uri.getPort() == 0 || uri.getPort() > MAX_PORTS) {
                throw Refusal.invalid("the URL has no such port: " + uri.getPort());
            }
            return new Endpoint(
                    without(uri), Optional.ofNullable(uri.getUserInfo()).map(Endpoint::basic));
        } catch (URISyntaxException wrong) {
            // Its message repeats the URL, with whatever secret is in it.
            throw Refusal.invalid("the URL cannot be read: " + wrong.getReason());
        }
    }

    private static boolean isPlain(String host) {
        return host.startsWith("[")
                ? IPV6.matcher(host).matches()
                : !NUMERIC.matcher(host).matches() || DOTTED.matcher(host).matches();
    }

    private static URI without(URI uri) throws URISyntaxException {
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

    /** Without the query, which may hold a secret. */
    String shown() {
        return origin(uri) + uri.getRawPath();
    }
}
