package dev.odometer.views;

import dev.odometer.metering.customer.Customer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer in API responses; see {@link Customer}. Empty metadata is absent.
 *
 * @param currentSubscriptionId only if subscriptions are shown, and it has one
 * @param subscriptions those that are active; absent unless they are requested
 */
public record CustomerView(
        String id,
        @Nullable String key,
        String name,
        @Nullable String description,
        UsageAttribution usageAttribution,
        @Nullable String primaryEmail,
        @Nullable String currency,
        @Nullable BillingAddress billingAddress,
        @Nullable TaxId taxId,
        @Nullable String timeZone,
        @Nullable Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt,
        @Nullable String currentSubscriptionId,
        @Nullable List<SubscriptionView> subscriptions) {

    public static CustomerView of(Customer customer) {
        return of(customer, null);
    }

    /** With its active subscriptions. */
    public static CustomerView of(Customer customer, @Nullable List<SubscriptionView> subscriptions) {
        return new CustomerView(
                customer.id(),
                customer.key(),
                customer.name(),
                customer.description(),
                new UsageAttribution(customer.subjectKeys()),
                customer.primaryEmail(),
                customer.currency(),
                BillingAddress.of(customer.billingAddress()),
                TaxId.of(customer.taxId()),
                customer.timeZone() == null ? null : customer.timeZone().getId(),
                customer.metadata().isEmpty() ? null : customer.metadata(),
                customer.createdAt(),
                customer.updatedAt(),
                customer.deletedAt(),
                subscriptions == null || subscriptions.isEmpty()
                        ? null
                        : subscriptions.get(0).id(),
                subscriptions);
    }
}
