package dev.odometer.metering.invoice;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Address;
import dev.odometer.metering.resource.Text;
import org.jspecify.annotations.Nullable;

/**
 * The seller on an invoice.
 *
 * @param key an external id
 * @param taxId the VAT id
 * @param address with a country; absent if unknown
 */
public record Supplier(
        @Nullable String key,
        String name,
        @Nullable String taxId,
        @Nullable Address address) {

    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_TAX_ID_LENGTH = 32;

    /** @throws Refusal when a field is invalid */
    public Supplier {
        Text.checked("supplier.name", name, MAX_NAME_LENGTH);
        if (key != null) {
            Text.checked("supplier.key", key, MAX_NAME_LENGTH);
        }
        if (taxId != null) {
            Text.checked("supplier.taxId.code", taxId, MAX_TAX_ID_LENGTH);
        }
        if (address != null && address.country() == null) {
            throw Refusal.invalid("supplier.addresses[0].country is required");
        }
    }
}
