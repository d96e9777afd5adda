package dev.odometer.local.http.server;

import dev.odometer.functions.refusal.StartRefusal;
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
    private static final Duration MAX = Duration.ofHours(1);

    /** @throws StartRefusal when {@code odometer.http.request-timeout} is not 1 s to 1 h */
    public static ClientTimeouts from(Environment environment) {
        Duration request = environment.getProperty(REQUEST, Duration.class, DEFAULT);
        if (request.compareTo(Duration.ofSeconds(1)) < 0 || request.compareTo(MAX) > 0) {
            throw new StartRefusal(REQUEST + " must be 1s to 1h: " + request);
        }
        return new ClientTimeouts(request, REFUSED);
    }
}
