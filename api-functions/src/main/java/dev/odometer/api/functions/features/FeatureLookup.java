package dev.odometer.api.functions.features;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.resource.Text;
import java.util.Optional;

/** Finds features by id or key for other functions; a missing feature is a {@code Refusal}. */
public final class FeatureLookup {

    private final Features features;

    public FeatureLookup(Features features) {
        this.features = features;
    }

    /** A feature by id even if it is archived, or by key if it is not. */
    public Feature any(String idOrKey) {
        // A text that cannot be stored cannot be searched either.
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
