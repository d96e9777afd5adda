package dev.odometer.door.http;

import dev.odometer.functions.refusal.Refusal;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs requests without a valid API key: at most one line in ten seconds, with the number of requests since the previous
 * line. Thread-safe.
 */
final class AuthenticationFailures {

    private static final Logger LOG = LoggerFactory.getLogger(AuthenticationFailures.class);
    private static final long PERIOD_NANOS = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanos;
    private long count;
    private long lastLine;
    private boolean hasLogged;

    AuthenticationFailures(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void add(String method, String path) {
        long reported = counted();
        if (reported > 0) {
            LOG.warn(
                    "{} requests without a valid API key since the previous line of this kind; the latest: {} {}",
                    reported,
                    printable(method),
                    printable(path));
        }
    }

    /** The number to report now, or 0. */
    private synchronized long counted() {
        count++;
        long now = nanos.getAsLong();
        if (hasLogged && now - lastLine < PERIOD_NANOS && now >= lastLine) {
            return 0;
        }
        hasLogged = true;
        lastLine = now;
        long reported = count;
        count = 0;
        return reported;
    }

    /** Without control characters, which could forge a line of the log. */
    private static String printable(String text) {
        return Refusal.quote(text).replaceAll("\\p{Cntrl}", "?");
    }
}
