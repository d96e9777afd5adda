package dev.odometer.api.functions.entitlements;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The time at which somebody wants to know how an entitlement stands. */
public final class QueryTime {

    private QueryTime() {}

    /**
     * Inside the running minute, even on its first instant: usage of this minute counts, what changes at its end does
     * not yet.
     */
    public static Instant now(Clock clock) {
        return clock.instant()
                .truncatedTo(ChronoUnit.MINUTES)
                .plus(1, ChronoUnit.MINUTES)
                .minus(1, ChronoUnit.MICROS);
    }

    /** The time asked for, now when absent; later than the running minute nothing is known. */
    public static Instant of(@Nullable Instant time, Clock clock) {
        Instant now = now(clock);
        if (time == null) {
            return now;
        }
        if (time.isAfter(now)) {
            throw Refusal.invalid("time must not be in the future: " + time);
        }
        return Timestamp.checked("time", time);
    }
}
