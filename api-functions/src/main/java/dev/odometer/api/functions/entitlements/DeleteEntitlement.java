package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.entitlements.CustomerResolver.CustomerReference;
import dev.odometer.metering.entitlement.Entitlements;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Deletes an entitlement, which denies access from now on; it remains readable by id. */
public final class DeleteEntitlement implements Consumer<DeleteEntitlement.Input> {

    private final Entitlements entitlements;
    private final EntitlementLookup lookup;
    private final Clock clock;

    public DeleteEntitlement(Entitlements entitlements, CustomerResolver resolver, Clock clock) {
        this.entitlements = entitlements;
        this.lookup = new EntitlementLookup(entitlements, resolver, clock);
        this.clock = clock;
    }

    /** The customer, by exactly one of the first two, and the entitlement. */
    public record Input(
            @Nullable String subjectIdOrKey, @Nullable String customerIdOrKey, String entitlementIdOrFeatureKey) {}

    @Override
    public void accept(Input input) {
        var reference = new CustomerReference(input.subjectIdOrKey, input.customerIdOrKey);
        entitlements.delete(
                lookup.live(reference, input.entitlementIdOrFeatureKey).id(), clock.instant());
    }
}
