package dev.odometer.local.http.server;

import dev.odometer.functions.setting.Settings;
import java.time.Duration;
import org.springframework.core.env.Environment;

/**
 * How long a client may take.
 *
 * @param request from the headers to the last byte of the answer
 * @param refused for the body of a request that is refused, which is read so that the client sees the refusal
 */
public record ClientTimeouts(Duration request, Duration refused) {

    private static final String REQUEST = "odometer.http.request-timeout";
    private static final Duration DEFAULT = Duration.ofMinutes(2);
    private static final Duration REFUSED = Duration.ofSeconds(2);
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofHours(1);

    /** @throws dev.odometer.functions.refusal.StartRefusal when {@code odometer.http.request-timeout} is invalid */
    public static ClientTimeouts from(Environment environment) {
        var settings = new Settings(environment::getProperty);
        return new ClientTimeouts(settings.duration(REQUEST, DEFAULT, MIN, MAX), REFUSED);
    }
}
