package dev.odometer.stripe;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Sends a request once. Safe for concurrent use. */
interface Transport {

    /** @throws IOException when there is no complete response; the request may have had its effect */
    Response send(StripeRequest request) throws IOException;

    /**
     * A response.
     *
     * @param shouldRetry the value of the header {@code Stripe-Should-Retry}
     * @param retryAfter the value of the header {@code Retry-After}
     */
    record Response(
            int status,
            String body,
            @Nullable String shouldRetry,
            @Nullable String retryAfter) {}
}
