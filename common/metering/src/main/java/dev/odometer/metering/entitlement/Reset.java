package dev.odometer.metering.entitlement;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A period that somebody ended by hand.
 *
 * @param at cut to the minute
 * @param anchor of the periods from then on: the reset itself or, retained, the one before
 * @param preserveOverage whether what was used too much is taken from the period that begins
 */
public record Reset(Instant at, Instant anchor, boolean preserveOverage) {

    public Reset {
        at = at.truncatedTo(ChronoUnit.MINUTES);
        anchor = anchor.truncatedTo(ChronoUnit.MINUTES);
    }
}
