package dev.odometer.views;

import dev.odometer.metering.customer.Address;
import org.jspecify.annotations.Nullable;

/** An address in the API's JSON, not yet validated; see {@link Address}. */
public record BillingAddress(
        @Nullable String country,
        @Nullable String postalCode,
        @Nullable String state,
        @Nullable String city,
        @Nullable String line1,
        @Nullable String line2,
        @Nullable String phoneNumber) {

    static @Nullable BillingAddress of(@Nullable Address address) {
        return address == null
                ? null
                : new BillingAddress(
                        address.country(),
                        address.postalCode(),
                        address.state(),
                        address.city(),
                        address.line1(),
                        address.line2(),
                        address.phoneNumber());
    }

    /** @throws dev.odometer.functions.refusal.Refusal when a field is invalid */
    public Address toAddress() {
        return new Address(country, postalCode, state, city, line1, line2, phoneNumber);
    }
}
