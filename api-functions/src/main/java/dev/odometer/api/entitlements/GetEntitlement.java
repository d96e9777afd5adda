package dev.odometer.api.entitlements;

import dev.odometer.api.entitlements.Holders.Holder;
import dev.odometer.api.entitlements.Holders.Named;
import dev.odometer.entitlement.Entitlements;
import dev.odometer.view.EntitlementView;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows one live entitlement of a customer, by its id or by the feature. */
public final class GetEntitlement implements Function<GetEntitlement.Input, EntitlementView> {

    private final Holders holders;
    private final KnownEntitlements known;
    private final EntitlementViews views;

    public GetEntitlement(Entitlements entitlements, Holders holders, Clock clock) {
        this.holders = holders;
        this.known = new KnownEntitlements(entitlements, holders);
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
