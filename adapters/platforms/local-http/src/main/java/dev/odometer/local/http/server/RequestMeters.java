package dev.odometer.local.http.server;

import dev.odometer.door.http.Observer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times the requests that the door serves, by route and status. Requests without a route share one series
 * per status, so that arbitrary methods and paths do not create series.
 */
final class RequestMeters implements Observer {

    private static final String NONE = "none";
    private static final int FIRST_FAILURE = 500;
    private static final String UNAVAILABLE = "unavailable";
    private static final String OTHER = "other";
    private static final Map<Integer, String> REASONS =
            Map.of(400, "invalid", 403, "forbidden", 413, "too_large", 415, "media_type", 429, "rate_limit");
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();
    private final Counter events;
    private final Map<String, Counter> refused = new HashMap<>();

    RequestMeters(MeterRegistry registry) {
        this.registry = registry;
        this.events = Counter.builder("odometer.events.accepted")
                .description("Events that were answered with success, including duplicates")
                .register(registry);
        // From the start, so that a query sees the first refusal as an increase.
        for (String reason : REASONS.values()) {
            refused.put(reason, refused(reason));
        }
        refused.put(UNAVAILABLE, refused(UNAVAILABLE));
        refused.put(OTHER, refused(OTHER));
    }

    private Counter refused(String reason) {
        return Counter.builder("odometer.events.refused")
                .description("Events of requests that were answered with an error")
                .tag("reason", reason)
                .register(registry);
    }

    @Override
    public void served(Served served) {
        boolean routed = !served.route().isEmpty();
        var series = new Series(routed ? served.method() : NONE, routed ? served.route() : NONE, served.status());
        timers.computeIfAbsent(series, this::timer).record(served.took());
        if (served.items() > 0) {
            Counter counter =
                    served.isSuccess() ? events : Objects.requireNonNull(refused.get(reason(served.status())));
            counter.increment(served.items());
        }
    }

    /** The class of the reason. Texts of clients are not used, because each would create a time series. */
    private static String reason(int status) {
        return REASONS.getOrDefault(status, status >= FIRST_FAILURE ? UNAVAILABLE : OTHER);
    }

    private Timer timer(Series series) {
        return Timer.builder("http.server.requests")
                .description("From the complete request to the reply")
                .tag("method", series.method())
                .tag("uri", series.route())
                .tag("status", String.valueOf(series.status()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private record Series(String method, String route, int status) {}
}
