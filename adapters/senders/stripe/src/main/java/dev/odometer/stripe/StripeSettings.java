package dev.odometer.stripe;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The account at Stripe.
 *
 * @param apiKey a secret or restricted key
 * @param url of the API, without a path
 */
record StripeSettings(String apiKey, String url) {

    private static final String API_KEY = "odometer.stripe.api-key";
    private static final String URL = "odometer.stripe.url";
    private static final String DEFAULT_URL = "https://api.stripe.com";
    private static final Pattern KEY = Pattern.compile("[sr]k_[0-9A-Za-z_]{1,250}");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Omits the key. */
    @Override
    public String toString() {
        return url;
    }

    /**
     * Reads the settings; null if no key is set.
     *
     * @throws StartRefusal naming the setting that is invalid, without the key
     */
    static @Nullable StripeSettings from(Environment environment) {
        String key = environment.getProperty(API_KEY, "").strip();
        String url = environment.getProperty(URL, "").strip();
        String checked = checked(url.isEmpty() ? DEFAULT_URL : url);
        if (key.isEmpty()) {
            return null;
        }
        if (!KEY.matcher(key).matches()) {
            throw new StartRefusal(API_KEY + " must be a secret key (sk_…) or a restricted key (rk_…)");
        }
        return new StripeSettings(key, checked);
    }

    /** A key must not be sent unencrypted, except to a process on the same machine. */
    private static String checked(String url) {
        try {
            URI uri = new URI(url);
            boolean isEncrypted = "https".equals(uri.getScheme());
            boolean isLocal = "http".equals(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost()));
            boolean isPlain = uri.getHost() != null
                    && uri.getUserInfo() == null
                    && Set.of("", "/").contains(uri.getRawPath())
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            if ((isEncrypted || isLocal) && isPlain) {
                return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
            }
        } catch (URISyntaxException invalid) {
            // Falls through to the same message.
        }
        throw new StartRefusal(URL + " must be an https URL without a path, but is: " + Refusal.quote(url));
    }
}
