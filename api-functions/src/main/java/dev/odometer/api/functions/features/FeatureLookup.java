package dev.odometer.api.functions.features;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.resource.Text;
import java.util.Optional;

/** The features that exist, for functions that are given a name and need the feature. */
public final class FeatureLookup {

    private final Features features;

    public FeatureLookup(Features features) {
        this.features = features;
    }

    /** By id, archived ones too; by key, only one that is not. */
    public Feature any(String idOrKey) {
        // What a store cannot hold it cannot look for either.
        return Optional.of(idOrKey)
                .filter(Text::isStorable)
                .flatMap(features::find)
                .orElseThrow(() -> missing(idOrKey));
    }

    /** A feature that is not archived, by id or key. */
    public Feature live(String idOrKey) {
        Feature feature = any(idOrKey);
        if (feature.isArchived()) {
            throw missing(idOrKey);
        }
        return feature;
    }

    private static Refusal missing(String idOrKey) {
        return Refusal.notFound("feature not found: " + Refusal.quote(idOrKey));
    }
}
