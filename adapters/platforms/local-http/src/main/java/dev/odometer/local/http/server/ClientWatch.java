package dev.odometer.local.http.server;

import dev.odometer.functions.caller.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports callers that close their connection while their request is processed. Tomcat reports the end of a connection
 * only to a thread that reads from it, so one thread tries to read from the connections of all requests in progress,
 * without waiting, four times a second.
 *
 * <p>A client that closes only its sending side is treated as disconnected, as in nginx and in Go's server. TCP
 * cannot distinguish the two cases.
 */
final class ClientWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ClientWatch.class);
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final Set<Watched> inProgress = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledExecutorService thread;

    void start() {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            var watching = new Thread(task, "client-watch");
            watching.setDaemon(true);
            return watching;
        });
        // It never fails, see check().
        Future<?> unused =
                thread.scheduleWithFixedDelay(this::check, PERIOD.toNanos(), PERIOD.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void check() {
        try {
            inProgress.forEach(Watched::check);
        } catch (Throwable unexpected) {
            // An exception would stop the schedule.
            LOG.error("The connections of requests in progress were not checked", unexpected);
        }
    }

    void stop() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    /** Runs the work of a request. Its cancellable parts are canceled when the client closes the connection. */
    <T> T serve(HttpServletRequest request, Supplier<T> work) {
        Optional<Request> detectable = Connections.detectable(request);
        if (detectable.isEmpty()) {
            return work.get();
        }
        var watched = new Watched(detectable.get());
        inProgress.add(watched);
        try {
            return watched.caller.serve(work);
        } finally {
            inProgress.remove(watched);
            watched.end();
        }
    }

    /** A request in progress. */
    private static final class Watched {

        private final Caller caller = new Caller();
        private final Request request;
        private boolean hasEnded;
        private boolean isDisconnected;

        Watched(Request request) {
            this.request = request;
        }

        synchronized void check() {
            if (hasEnded) {
                return;
            }
            isDisconnected = isDisconnected || Connections.isClosed(request);
            if (isDisconnected) {
                caller.disconnect();
            }
        }

        /** Waits for a check in progress: Tomcat reuses the request object after this. */
        synchronized void end() {
            hasEnded = true;
        }
    }
}
