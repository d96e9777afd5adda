package dev.odometer.api.functions.profiles;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.FieldNames;
import dev.odometer.api.functions.input.Items;
import dev.odometer.metering.customer.Address;
import dev.odometer.metering.invoice.Supplier;
import dev.odometer.views.BillingAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A seller or a customer in requests.
 *
 * @param key an external id
 * @param addresses at most one
 */
public record PartyDraft(
        @Nullable String key,
        @Nullable String name,
        @Nullable TaxId taxId,
        @Nullable List<@Nullable BillingAddress> addresses) {

    private static final FieldNames NAMES = new FieldNames(Map.of("billingAddress", "addresses[0]"));

    /** A VAT id. */
    public record TaxId(@Nullable String code) {}

    /** @throws dev.odometer.functions.refusal.Refusal when a field is missing or invalid; it begins with the field */
    public Supplier toSupplier() {
        return new Supplier(key, Bounds.required("supplier.name", name), taxCode(), toAddress("supplier"));
    }

    /** The VAT id; absent if it is empty. */
    public @Nullable String taxCode() {
        return taxId == null ? null : taxId.code;
    }

    /** @throws dev.odometer.functions.refusal.Refusal when there are several addresses, or one is invalid */
    public @Nullable Address toAddress(String party) {
        if (addresses == null) {
            return null;
        }
        List<Address> valid = new FieldNames(Map.of("addresses", party + ".addresses"))
                .applied(() -> NAMES.applied(() -> Items.atMost("addresses", addresses, 1, BillingAddress::toAddress)));
        return valid.stream().findFirst().or(Optional::empty).orElse(null);
    }
}
