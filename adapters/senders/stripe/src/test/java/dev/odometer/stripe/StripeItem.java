package dev.odometer.stripe;

import java.util.Map;

/** An item of a {@link StripeAccount}; it waits for the customer's next invoice if its invoice is absent. */
record StripeItem(String id, Map<String, String> parameters) {

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    long amount() {
        return Long.parseLong(parameter("amount"));
    }
}
