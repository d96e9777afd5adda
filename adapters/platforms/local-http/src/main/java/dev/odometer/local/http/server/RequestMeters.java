package dev.odometer.local.http.server;

import dev.odometer.door.http.Observer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times the requests that the door serves, by route and status. Requests without a route share one series
 * per status, so that arbitrary methods and paths do not create series.
 */
final class RequestMeters implements Observer {

    private static final String NONE = "none";
    private static final int FIRST_REFUSAL = 300;
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

    RequestMeters(MeterRegistry registry) {
        this.registry = registry;
        this.events = Counter.builder("odometer.events.accepted")
                .description("Events that were answered with success, including duplicates")
                .register(registry);
    }

    @Override
    public void served(Served served) {
        boolean routed = !served.route().isEmpty();
        var series = new Series(routed ? served.method() : NONE, routed ? served.route() : NONE, served.status());
        timers.computeIfAbsent(series, this::timer).record(served.took());
        if (served.status() < FIRST_REFUSAL && served.items() > 0) {
            events.increment(served.items());
        }
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
