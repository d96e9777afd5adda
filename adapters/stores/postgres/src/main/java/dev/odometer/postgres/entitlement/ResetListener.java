package dev.odometer.postgres.entitlement;

import java.time.Instant;

/** Is called for resets by request, as opposed to scheduled ones. */
public interface ResetListener {

    /**
     * Called in the transaction that resets the entitlement, so that a notification exists exactly if the reset does.
     *
     * @return the number of notifications raised
     */
    int reset(String entitlementId, Instant at);

    /** Called once after the commit, with the number that {@link #reset} returned. */
    void committed(int raised);
}
