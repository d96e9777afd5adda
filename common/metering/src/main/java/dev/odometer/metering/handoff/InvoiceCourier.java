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
 * Hands invoices over to a payment provider. Both methods are idempotent: they continue an earlier attempt and create
 * no duplicates. Failures of the provider are outcomes, not exceptions. Safe for concurrent use.
 */
public interface InvoiceCourier {

    /** Creates the invoice at the provider, which then collects the payment. */
    Outcome handOver(OutboundInvoice outbound);

    /** Voids the invoice at the provider, or deletes it if it is a draft there. */
    Outcome withdraw(OutboundInvoice outbound);

    /**
     * An invoice to hand over or to withdraw.
     *
     * @param customer its current state; its metadata maps it to the customer of the provider
     * @param hasTime false when no further request may be started; the next attempt continues then
     * @param created stores the id of the invoice at the provider
     */
    record OutboundInvoice(
            Invoice invoice, Customer customer, Progress progress, BooleanSupplier hasTime, Consumer<String> created) {}

    /**
     * The progress of earlier attempts.
     *
     * @param isFirst whether there was no earlier attempt
     * @param keys the generation of the idempotency keys
     * @param since when the task was registered; all attempts were made later
     */
    record Progress(ExternalIds externalIds, boolean isFirst, int keys, Instant since) {}

    /**
     * The result of an attempt.
     *
     * @param reason absent if it is done
     * @param needsNewKeys whether the provider answers further requests with the same idempotency keys by the same
     *     error
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

    /** The kind of result of an attempt. */
    enum Result {
        DONE,
        /** The time was too short: continue soon. */
        CONTINUE,
        /** Retry with backoff, a limited number of times. */
        RETRY,
        /** Try again later, until the operator has resolved the reason. */
        WAIT,
        /** A retry cannot succeed. */
        GIVE_UP
    }
}
