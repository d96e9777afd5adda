package dev.odometer.api.functions.features;

import dev.odometer.metering.entitlement.Features;
import java.time.Clock;
import java.util.function.Consumer;

/** Archives a feature and frees its key; it can still be read by id, and who is entitled to it stays so. */
public final class DeleteFeature implements Consumer<DeleteFeature.Input> {

    private final FeatureLookup known;
    private final Features features;
    private final Clock clock;

    public DeleteFeature(Features features, Clock clock) {
        this.known = new FeatureLookup(features);
        this.features = features;
        this.clock = clock;
    }

    /** Which feature. */
    public record Input(String featureIdOrKey) {}

    @Override
    public void accept(Input input) {
        features.archive(known.live(input.featureIdOrKey).id(), clock.instant());
    }
}
