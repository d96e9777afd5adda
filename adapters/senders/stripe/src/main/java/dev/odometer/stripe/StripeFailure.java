package dev.odometer.stripe;

import dev.odometer.metering.handoff.HandOff.ExternalIds;
import dev.odometer.metering.handoff.InvoiceCourier.Outcome;
import dev.odometer.metering.handoff.InvoiceCourier.Result;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Ends an attempt. The message is the reason; it is absent if the time was too short. */
final class StripeFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Result result;
    private final boolean needsNewKeys;
    private final @Nullable Duration retryAfter;

    StripeFailure(Result result, @Nullable String reason) {
        this(result, reason, false, null);
    }

    StripeFailure(Result result, @Nullable String reason, boolean needsNewKeys, @Nullable Duration retryAfter) {
        // No stack trace: it is an expected result.
        super(reason, null, false, false);
        this.result = result;
        this.needsNewKeys = needsNewKeys;
        this.retryAfter = retryAfter;
    }

    Result result() {
        return result;
    }

    Outcome outcome(ExternalIds ids) {
        return new Outcome(result, getMessage(), needsNewKeys, retryAfter, ids);
    }
}
