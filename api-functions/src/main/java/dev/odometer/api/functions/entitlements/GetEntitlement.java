package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.entitlements.CustomerResolver.CustomerReference;
import dev.odometer.api.functions.entitlements.CustomerResolver.Holder;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.views.EntitlementView;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Returns a live entitlement of a customer, by its id or by the feature. */
public final class GetEntitlement implements Function<GetEntitlement.Input, EntitlementView> {

    private final CustomerResolver resolver;
    private final EntitlementLookup lookup;
    private final EntitlementViews views;

    public GetEntitlement(Entitlements entitlements, CustomerResolver resolver, Clock clock) {
        this.resolver = resolver;
        this.lookup = new EntitlementLookup(entitlements, resolver, clock);
        this.views = new EntitlementViews(entitlements, clock);
    }

    /** The customer, by exactly one of the first two, and the entitlement. */
    public record Input(
            @Nullable String subjectIdOrKey, @Nullable String customerIdOrKey, String entitlementIdOrFeatureKey) {}

    @Override
    public EntitlementView apply(Input input) {
        Holder holder = resolver.holder(new CustomerReference(input.subjectIdOrKey, input.customerIdOrKey));
        return views.of(lookup.live(holder, input.entitlementIdOrFeatureKey), holder);
    }
}
