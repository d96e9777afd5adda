package dev.odometer.stripe;

import java.util.Map;

/** An item of a {@link StripeAccount}; it waits for the customer's next invoice if its invoice is absent. */
public record StripeItem(String id, Map<String, String> parameters) {

    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    public long amount() {
        return Long.parseLong(parameter("amount"));
    }
}
