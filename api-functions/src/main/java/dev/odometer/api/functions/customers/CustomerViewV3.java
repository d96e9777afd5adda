package dev.odometer.api.functions.customers;

import dev.odometer.api.functions.input.FieldNames;
import dev.odometer.metering.customer.Address;
import dev.odometer.metering.customer.Customer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A customer in version 3 of the wire API; see {@link Customer}. Empty labels are absent. */
public record CustomerViewV3(
        String id,
        @Nullable String key,
        String name,
        @Nullable String description,
        @Nullable Map<String, String> labels,
        Attribution usage_attribution,
        @Nullable String primary_email,
        @Nullable String currency,
        @Nullable PostalAddress billing_address,
        Instant created_at,
        Instant updated_at,
        @Nullable Instant deleted_at) {

    /** The names of a customer's fields in this version. */
    static final FieldNames NAMES = new FieldNames(Map.of(
            "metadata", "labels",
            "usageAttribution.subjectKeys", "usage_attribution.subject_keys",
            "primaryEmail", "primary_email",
            "billingAddress", "billing_address",
            "billingAddress.postalCode", "billing_address.postal_code",
            "billingAddress.phoneNumber", "billing_address.phone_number"));

    /** The subjects whose usage belongs to the customer, in addition to the subject that equals its key. */
    public record Attribution(@Nullable List<String> subject_keys) {}

    /** An address; see {@link Address}. */
    public record PostalAddress(
            @Nullable String country,
            @Nullable String postal_code,
            @Nullable String state,
            @Nullable String city,
            @Nullable String line1,
            @Nullable String line2,
            @Nullable String phone_number) {

        private static @Nullable PostalAddress of(@Nullable Address address) {
            return address == null
                    ? null
                    : new PostalAddress(
                            address.country(),
                            address.postalCode(),
                            address.state(),
                            address.city(),
                            address.line1(),
                            address.line2(),
                            address.phoneNumber());
        }

        private Address toAddress() {
            return new Address(country, postal_code, state, city, line1, line2, phone_number);
        }
    }

    static List<String> subjects(@Nullable Attribution attribution) {
        List<String> keys = attribution == null ? null : attribution.subject_keys;
        return keys == null ? List.of() : keys;
    }

    static @Nullable Address address(@Nullable PostalAddress address) {
        return address == null ? null : address.toAddress();
    }

    static CustomerViewV3 of(Customer customer) {
        return new CustomerViewV3(
                customer.id(),
                customer.key(),
                customer.name(),
                customer.description(),
                customer.metadata().isEmpty() ? null : customer.metadata(),
                new Attribution(customer.subjectKeys()),
                customer.primaryEmail(),
                customer.currency(),
                PostalAddress.of(customer.billingAddress()),
                customer.createdAt(),
                customer.updatedAt(),
                customer.deletedAt());
    }
}
