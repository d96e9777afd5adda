package dev.odometer.api.functions.entitlements;

import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.views.EntitlementView;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** Returns an entitlement of any customer, even if it is deleted. */
public final class GetEntitlementById implements Function<GetEntitlementById.Input, EntitlementView> {

    private final EntitlementLookup lookup;
    private final EntitlementViews views;
    private final Customers customers;

    public GetEntitlementById(Entitlements entitlements, Customers customers, Subjects subjects, Clock clock) {
        this.lookup = new EntitlementLookup(entitlements, new CustomerResolver(customers, subjects), clock);
        this.views = new EntitlementViews(entitlements, clock);
        this.customers = customers;
    }

    /** The entitlement. */
    public record Input(String entitlementId) {}

    @Override
    public EntitlementView apply(Input input) {
        return views.of(List.of(lookup.any(input.entitlementId)), customers).stream()
                .findFirst()
                .orElseThrow(() -> EntitlementLookup.missing(input.entitlementId));
    }
}
