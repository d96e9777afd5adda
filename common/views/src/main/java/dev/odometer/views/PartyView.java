package dev.odometer.views;

import dev.odometer.metering.customer.Address;
import dev.odometer.metering.invoice.Supplier;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A seller in API responses. */
public record PartyView(
        @Nullable String key,
        String name,
        @Nullable Map<String, String> taxId,
        @Nullable List<BillingAddress> addresses) {

    public static PartyView of(Supplier supplier) {
        return new PartyView(
                supplier.key(), supplier.name(), taxId(supplier.taxId()), addresses(supplier.address()));
    }

    static @Nullable Map<String, String> taxId(@Nullable String code) {
        return code == null ? null : Map.of("code", code);
    }

    static @Nullable List<BillingAddress> addresses(@Nullable Address address) {
        BillingAddress view = BillingAddress.of(address);
        return view == null ? null : List.of(view);
    }
}
