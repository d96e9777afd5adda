package dev.odometer.metering.customer;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A customer and the subjects whose usage belongs to it, without its other fields.
 *
 * @param subjects the customer's key and subject keys
 */
public record Attribution(String customerId, @Nullable String key, String name, Set<String> subjects) {

    public Attribution {
        subjects = Set.copyOf(subjects);
    }

    public static Attribution of(Customer customer) {
        return new Attribution(customer.id(), customer.key(), customer.name(), customer.subjects());
    }
}
