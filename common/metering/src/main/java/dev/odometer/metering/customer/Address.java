package dev.odometer.metering.customer;

import dev.odometer.functions.refusal.Refusal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A billing address. All fields are optional. */
public record Address(
        @Nullable String country,
        @Nullable String postalCode,
        @Nullable String state,
        @Nullable String city,
        @Nullable String line1,
        @Nullable String line2,
        @Nullable String phoneNumber) {

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final int MAX_LENGTH = 256;

    /** @throws Refusal when a field is too long or the country does not have the form of an ISO 3166-1 alpha-2 code */
    public Address {
        if (country != null && !COUNTRY.matcher(country).matches()) {
            throw Refusal.invalid("billingAddress.country must be two capital letters: " + Refusal.quote(country));
        }
        Customer.text("billingAddress.postalCode", postalCode, MAX_LENGTH);
        Customer.text("billingAddress.state", state, MAX_LENGTH);
        Customer.text("billingAddress.city", city, MAX_LENGTH);
        Customer.text("billingAddress.line1", line1, MAX_LENGTH);
        Customer.text("billingAddress.line2", line2, MAX_LENGTH);
        Customer.text("billingAddress.phoneNumber", phoneNumber, MAX_LENGTH);
    }
}
