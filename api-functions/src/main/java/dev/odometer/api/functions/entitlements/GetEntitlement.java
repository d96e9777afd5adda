package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.entitlements.CustomerResolver.Holder;
import dev.odometer.api.functions.entitlements.CustomerResolver.Named;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.views.EntitlementView;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows one live entitlement of a customer, by its id or by the feature. */
public final class GetEntitlement implements Function<GetEntitlement.Input, EntitlementView> {

    private final CustomerResolver holders;
    private final EntitlementLookup known;
    private final EntitlementViews views;

    public GetEntitlement(Entitlements entitlements, CustomerResolver holders, Clock clock) {
        this.holders = holders;
        this.known = new EntitlementLookup(entitlements, holders);
        this.views = new EntitlementViews(entitlements, clock);
    }

    /** Whose, and to what; either the subject or the customer is there. */
    public record Input(
            @Nullable String subjectIdOrKey, @Nullable String customerIdOrKey, String entitlementIdOrFeatureKey) {}

    @Override
    public EntitlementView apply(Input input) {
        Holder holder = holders.holder(new Named(input.subjectIdOrKey, input.customerIdOrKey));
        return views.of(known.live(holder, input.entitlementIdOrFeatureKey), holder);
    }
}
