package dev.odometer.metering.entitlement;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A manual reset: it ends the current usage period and starts the next one.
 *
 * @param at truncated to the minute
 * @param anchor of the periods from then on: the time of the reset or the retained previous anchor
 * @param preserveOverage whether the new period starts with the overage of the ended one
 */
public record Reset(Instant at, Instant anchor, boolean preserveOverage) {

    public Reset {
        at = at.truncatedTo(ChronoUnit.MINUTES);
        anchor = anchor.truncatedTo(ChronoUnit.MINUTES);
    }
}
