package dev.odometer.api.functions.features;

import dev.odometer.views.FeatureView;
import java.util.function.Function;

/** Returns a feature: by id even if it is archived, by key only if it is not. */
public final class GetFeature implements Function<GetFeature.Input, FeatureView> {

    private final FeatureLookup features;

    public GetFeature(FeatureLookup features) {
        this.features = features;
    }

    /** The feature. */
    public record Input(String featureIdOrKey) {}

    @Override
    public FeatureView apply(Input input) {
        return FeatureView.of(features.any(input.featureIdOrKey));
    }
}
