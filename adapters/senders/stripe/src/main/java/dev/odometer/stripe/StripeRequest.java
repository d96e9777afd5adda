package dev.odometer.stripe;

import dev.odometer.functions.digest.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A request to Stripe's API.
 *
 * @param target path and query
 * @param form absent for a request without a body
 * @param idempotencyKey absent for a request that has no effect, or the same effect each time
 */
record StripeRequest(
        String method,
        String target,
        @Nullable String form,
        @Nullable String idempotencyKey) {

    static StripeRequest get(String path, Form query) {
        String encoded = query.encoded();
        return new StripeRequest("GET", encoded.isEmpty() ? path : path + "?" + encoded, null, null);
    }

    static StripeRequest delete(String path) {
        return new StripeRequest("DELETE", path, null, null);
    }

    /**
     * A request that creates or changes something. Its key depends on all of its content, since Stripe refuses a key
     * that was used with other parameters, such as by an earlier version of this code.
     *
     * @param identity the purpose of the request; a repetition for the same purpose has the same key
     */
    static StripeRequest post(String path, Form form, String identity) {
        String body = form.encoded();
        String key = new Sha256()
                .add(path + '\n' + identity.length() + '\n' + identity + '\n' + body)
                .hex();
        return new StripeRequest("POST", path, body, "odometer-" + key);
    }

    /** Safe to log: omits query and body. */
    @Override
    public String toString() {
        int query = target.indexOf('?');
        return method + " " + (query < 0 ? target : target.substring(0, query));
    }
}
