package dev.odometer.metering.handoff;

import dev.odometer.metering.handoff.HandOff.ExternalIds;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store of hand-offs. The pending ones are derived from the stored invoices, so issuing an invoice writes nothing
 * here. Several workers may take hand-offs; a lease gives each of them to one worker at a time.
 */
public interface HandOffs {

    /**
     * Registers issued invoices that are not registered, and the withdrawal of registered ones that were voided.
     * Idempotent.
     *
     * @param issuedFrom invoices that were issued earlier are never handed over
     * @return the number of changes
     */
    int register(Instant issuedFrom, Instant now);

    /**
     * Leases hand-offs that are due, earliest first.
     *
     * @param lease its duration; when a worker crashes, its hand-offs become available at its end
     */
    List<Due> take(Instant now, Duration lease, int limit);

    /**
     * A leased hand-off.
     *
     * @param takes how often it was taken, this time included; above 1, an earlier worker may have crashed
     * @param keys the generation of the idempotency keys
     * @param since when it was registered
     * @param lease the id of the lease
     */
    record Due(HandOff handOff, int takes, int keys, Instant since, String lease) {}

    /** Stores the id of the invoice at the provider. Without effect when another worker has the lease. */
    void created(Due due, String externalInvoiceId);

    /** Stores the result of an attempt and ends the lease. Without effect when another worker has the lease. */
    void settle(Due due, Next next);

    /**
     * The result of an attempt.
     *
     * @param at the time of the next attempt; absent when no attempt is scheduled
     * @param isFailure whether it counts as a failed attempt
     * @param needsNewKeys whether the provider answers further requests with the same keys by the same error
     * @param externalIds absent if they stay as they are
     */
    record Next(
            HandOff.State state,
            @Nullable Instant at,
            @Nullable String reason,
            boolean isFailure,
            boolean needsNewKeys,
            @Nullable ExternalIds externalIds) {}

    /**
     * Makes the task of an invoice due again, with new idempotency keys. Without effect when it is done, pending or
     * leased.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when the invoice is not registered
     */
    HandOff restart(String invoiceId, Instant now);

    /** The registered hand-offs of the invoices, by id of the invoice. */
    Map<String, HandOff> find(Collection<String> invoiceIds);

    /**
     * Makes hand-offs due now that are due after {@code latest}, or leased until after it: such a time was computed
     * while a clock was ahead.
     *
     * @return the number of corrected hand-offs
     */
    int resetDueAfter(Instant latest, Instant now);

    /**
     * The current time of the store's clock, by which all processes compute due times.
     *
     * @throws dev.odometer.functions.refusal.Refusal UNAVAILABLE when the store does not respond
     */
    Instant now();

    /** The next time at which a hand-off is due or a lease expires; empty if there is none. */
    Optional<Instant> nextDue();
}
