package dev.odometer.metering.imports;

import java.time.Duration;
import java.time.Instant;

/**
 * A run's exclusive right to process an import. Another run can acquire it after it is released or has expired.
 *
 * @param holder a unique id of the run
 * @param now when it is requested
 * @param until when it expires unless it is renewed
 */
public record Lease(String holder, Instant now, Instant until) {

    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(10);

    /**
     * The latest end that another lease of this duration can have, given the differences between the clocks of nodes. A
     * later end was computed while a clock was wrong, and the lease counts as expired.
     */
    public Instant latestPlausibleEnd() {
        return until.plus(MAX_CLOCK_SKEW);
    }
}
