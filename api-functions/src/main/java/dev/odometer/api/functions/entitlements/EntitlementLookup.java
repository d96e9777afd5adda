package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.entitlements.CustomerResolver.CustomerReference;
import dev.odometer.api.functions.entitlements.CustomerResolver.Holder;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.resource.Text;
import java.time.Clock;
import java.util.Optional;

/** Finds entitlements for other functions; a missing entitlement is a {@code Refusal}. */
public final class EntitlementLookup {

    private final Entitlements entitlements;
    private final CustomerResolver resolver;
    private final Clock clock;

    public EntitlementLookup(Entitlements entitlements, CustomerResolver resolver, Clock clock) {
        this.entitlements = entitlements;
        this.resolver = resolver;
        this.clock = clock;
    }

    /** An entitlement by id, even if it is deleted. */
    Entitlement any(String id) {
        // A text that cannot be stored cannot be searched either.
        return Optional.of(id)
                .filter(Text::isStorable)
                .flatMap(entitlements::find)
                .orElseThrow(() -> missing(id));
    }

    /** The entitlement of the customer that is active now, by its own id or by the feature's id or key. */
    public Entitlement live(CustomerReference reference, String idOrFeature) {
        return live(resolver.holder(reference), idOrFeature);
    }

    Entitlement live(Holder holder, String idOrFeature) {
        return Optional.of(idOrFeature)
                .filter(Text::isStorable)
                .flatMap(name -> entitlements.find(holder.customer().id(), name, clock.instant()))
                .orElseThrow(() -> missing(idOrFeature));
    }

    public static Refusal missing(String name) {
        return Refusal.notFound("entitlement not found: " + Refusal.quote(name));
    }
}
