package dev.odometer.api.entitlements;

import dev.odometer.customer.Customers;
import dev.odometer.customer.Subjects;
import dev.odometer.entitlement.Entitlements;
import dev.odometer.view.EntitlementView;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** Shows one entitlement, whoever's it is, also when it is deleted. */
public final class GetEntitlementById implements Function<GetEntitlementById.Input, EntitlementView> {

    private final KnownEntitlements known;
    private final EntitlementViews views;
    private final Customers customers;

    public GetEntitlementById(Entitlements entitlements, Customers customers, Subjects subjects, Clock clock) {
        this.known = new KnownEntitlements(entitlements, new Holders(customers, subjects));
        this.views = new EntitlementViews(entitlements, clock);
        this.customers = customers;
    }

    /** Which entitlement. */
    public record Input(String entitlementId) {}

    @Override
    public EntitlementView apply(Input input) {
        return views.of(List.of(known.any(input.entitlementId)), customers).stream()
                .findFirst()
                .orElseThrow(() -> KnownEntitlements.missing(input.entitlementId));
    }
}
