package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.entitlements.CustomerResolver.Holder;
import dev.odometer.api.functions.entitlements.CustomerResolver.Named;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.resource.Text;
import java.util.Optional;

/** The entitlements that exist, for functions that are given names and need the entitlement. */
public final class EntitlementLookup {

    private final Entitlements entitlements;
    private final CustomerResolver holders;

    public EntitlementLookup(Entitlements entitlements, CustomerResolver holders) {
        this.entitlements = entitlements;
        this.holders = holders;
    }

    /** By id, deleted ones too. */
    Entitlement any(String id) {
        // What a store cannot hold it cannot look for either.
        return Optional.of(id)
                .filter(Text::isStorable)
                .flatMap(entitlements::find)
                .orElseThrow(() -> missing(id));
    }

    /** The live entitlement of whoever is named, by its own id or by the feature's id or key. */
    public Entitlement live(Named named, String idOrFeature) {
        return live(holders.holder(named), idOrFeature);
    }

    Entitlement live(Holder holder, String idOrFeature) {
        return Optional.of(idOrFeature)
                .filter(Text::isStorable)
                .flatMap(name -> entitlements.find(holder.customer().id(), name))
                .orElseThrow(() -> missing(idOrFeature));
    }

    static Refusal missing(String name) {
        return Refusal.notFound("entitlement not found: " + Refusal.quote(name));
    }
}
