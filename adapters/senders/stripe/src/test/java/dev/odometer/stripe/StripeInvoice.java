package dev.odometer.stripe;

import java.time.Instant;
import java.util.Map;

/** An invoice of a {@link StripeAccount}. */
public final class StripeInvoice {

    public final String id;
    final Map<String, String> parameters;
    final Instant created;
    final int discountPercent;
    public String status = "draft";

    StripeInvoice(String id, Map<String, String> parameters, Instant created, int discountPercent) {
        this.id = id;
        this.parameters = parameters;
        this.created = created;
        this.discountPercent = discountPercent;
    }

    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
