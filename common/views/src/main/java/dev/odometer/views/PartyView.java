package dev.odometer.views;

import dev.odometer.metering.customer.Address;
import dev.odometer.metering.invoice.Supplier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A seller in API responses. */
public record PartyView(
        @Nullable String key,
        String name,
        @Nullable TaxId taxId,
        @Nullable List<BillingAddress> addresses) {

    public static PartyView of(Supplier supplier) {
        return new PartyView(
                supplier.key(), supplier.name(), TaxId.of(supplier.taxId()), addresses(supplier.address()));
    }

    static @Nullable List<BillingAddress> addresses(@Nullable Address address) {
        BillingAddress view = BillingAddress.of(address);
        return view == null ? null : List.of(view);
    }
}
