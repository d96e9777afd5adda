package dev.odometer.metering.handoff;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.handoff.HandOff.ExternalIds;
import dev.odometer.metering.invoice.Invoice;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands invoices over to a payment provider. Both methods continue what an earlier attempt has begun, and never make
 * anything twice. Failures of the provider are outcomes, not exceptions. Safe for concurrent use.
 */
public interface InvoiceCourier {

    /** Makes the invoice at the provider and lets the provider collect it. */
    Outcome handOver(OutboundInvoice outbound);

    /** Voids the invoice at the provider, or deletes what is not final there. */
    Outcome withdraw(OutboundInvoice outbound);

    /**
     * An invoice on its way.
     *
     * @param customer as it is now, with what maps it to the provider's customer
     * @param hasTime false when no further request may be started; the next attempt continues then
     * @param created stores the id of the invoice at the provider
     */
    record OutboundInvoice(
            Invoice invoice, Customer customer, Progress progress, BooleanSupplier hasTime, Consumer<String> created) {}

    /**
     * What earlier attempts have done.
     *
     * @param isFirst whether there is none
     * @param keys the generation of the idempotency keys
     * @param since no earlier attempt was made before
     */
    record Progress(ExternalIds externalIds, boolean isFirst, int keys, Instant since) {}

    /**
     * The result of an attempt.
     *
     * @param reason absent if it is done
     * @param needsNewKeys whether the provider answers further requests with the same idempotency keys by the same error
     * @param retryAfter the minimum pause before the next attempt, if the provider requests one
     * @param externalIds absent if they stay as they are
     */
    record Outcome(
            Result result,
            @Nullable String reason,
            boolean needsNewKeys,
            @Nullable Duration retryAfter,
            @Nullable ExternalIds externalIds) {

        public static Outcome done(ExternalIds externalIds) {
            return new Outcome(Result.DONE, null, false, null, externalIds);
        }

        /** The operator has to change something first. */
        public static Outcome waiting(String reason) {
            return new Outcome(Result.WAIT, reason, false, null, null);
        }
    }

    /** What follows from an attempt. */
    enum Result {
        DONE,
        /** The time was too short: continue soon. */
        CONTINUE,
        /** Retry with backoff, a limited number of times. */
        RETRY,
        /** Check again later, until the operator has changed what the reason says. */
        WAIT,
        /** A retry cannot succeed. */
        GIVE_UP
    }
}
