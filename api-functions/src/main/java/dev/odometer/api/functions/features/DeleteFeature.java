package dev.odometer.api.functions.features;

import dev.odometer.metering.entitlement.Features;
import java.time.Clock;
import java.util.function.Consumer;

/** Archives a feature and frees its key; it remains readable by id, and its entitlements are unaffected. */
public final class DeleteFeature implements Consumer<DeleteFeature.Input> {

    private final FeatureLookup lookup;
    private final Features features;
    private final Clock clock;

    public DeleteFeature(Features features, Clock clock) {
        this.lookup = new FeatureLookup(features);
        this.features = features;
        this.clock = clock;
    }

    /** The feature. */
    public record Input(String featureIdOrKey) {}

    @Override
    public void accept(Input input) {
        features.archive(lookup.live(input.featureIdOrKey).id(), clock.instant());
    }
}
