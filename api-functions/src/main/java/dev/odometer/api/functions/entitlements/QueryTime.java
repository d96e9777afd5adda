package dev.odometer.api.functions.entitlements;

import dev.odometer.metering.resource.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The time of a query of balances and access. */
public final class QueryTime {

    private QueryTime() {}

    /**
     * The last instant of the current minute: usage of this minute counts, and a change at its end does not apply yet.
     */
    public static Instant now(Clock clock) {
        return clock.instant()
                .truncatedTo(ChronoUnit.MINUTES)
                .plus(1, ChronoUnit.MINUTES)
                .minus(1, ChronoUnit.MICROS);
    }

    /** The requested time, which may be in the future, or now when absent. */
    public static Instant of(@Nullable Instant time, Clock clock) {
        return time == null ? now(clock) : Timestamp.checked("time", time);
    }
}
