package dev.odometer.views;

import dev.odometer.metering.customer.Customer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A customer in API responses; see {@link Customer}. Empty metadata is absent. */
public record CustomerView(
        String id,
        @Nullable String key,
        String name,
        @Nullable String description,
        UsageAttribution usageAttribution,
        @Nullable String primaryEmail,
        @Nullable String currency,
        @Nullable BillingAddress billingAddress,
        @Nullable Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt) {

    public static CustomerView of(Customer customer) {
        return new CustomerView(
                customer.id(),
                customer.key(),
                customer.name(),
                customer.description(),
                new UsageAttribution(customer.subjectKeys()),
                customer.primaryEmail(),
                customer.currency(),
                BillingAddress.of(customer.billingAddress()),
                customer.metadata().isEmpty() ? null : customer.metadata(),
                customer.createdAt(),
                customer.updatedAt(),
                customer.deletedAt());
    }
}
