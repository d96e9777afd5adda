package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.entitlements.CustomerResolver.Named;
import dev.odometer.metering.entitlement.Entitlements;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Ends an entitlement, and the access it gave, from now on; by its id it can still be read. */
public final class DeleteEntitlement implements Consumer<DeleteEntitlement.Input> {

    private final Entitlements entitlements;
    private final EntitlementLookup known;
    private final Clock clock;

    public DeleteEntitlement(Entitlements entitlements, CustomerResolver holders, Clock clock) {
        this.entitlements = entitlements;
        this.known = new EntitlementLookup(entitlements, holders);
        this.clock = clock;
    }

    /** Whose, and to what; either the subject or the customer is there. */
    public record Input(
            @Nullable String subjectIdOrKey, @Nullable String customerIdOrKey, String entitlementIdOrFeatureKey) {}

    @Override
    public void accept(Input input) {
        var named = new Named(input.subjectIdOrKey, input.customerIdOrKey);
        entitlements.delete(known.live(named, input.entitlementIdOrFeatureKey).id(), clock.instant());
    }
}
