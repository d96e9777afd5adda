package dev.odometer.api.functions.profiles;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.FieldNames;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.customer.Address;
import dev.odometer.metering.invoice.Supplier;
import dev.odometer.views.BillingAddress;
import dev.odometer.views.TaxId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A seller or a customer in requests.
 *
 * @param key an external id
 * @param addresses at most one
 */
public record PartyDraft(
        @Nullable String key,
        @Required @Nullable String name,
        @Nullable TaxId taxId,
        @Nullable List<@Nullable BillingAddress> addresses) {

    /** @throws Refusal when a field is missing or invalid; it begins with the field */
    public Supplier toSupplier() {
        return new Supplier(key, Bounds.required("supplier.name", name), taxCode(), toAddress("supplier"));
    }

    /** The VAT id; absent if it is empty. */
    public @Nullable String taxCode() {
        return taxId == null ? null : taxId.code();
    }

    /** @throws Refusal when there are several addresses, or one is invalid */
    public @Nullable Address toAddress(String party) {
        if (addresses == null || addresses.isEmpty()) {
            return null;
        }
        if (addresses.size() > 1) {
            throw Refusal.invalid(party + ".addresses must have at most 1 item: " + addresses.size());
        }
        String place = party + ".addresses[0]";
        BillingAddress address = Bounds.required(place, addresses.get(0));
        return new FieldNames(Map.of("billingAddress", place)).applied(address::toAddress);
    }
}
