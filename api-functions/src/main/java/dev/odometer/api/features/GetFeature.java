package dev.odometer.api.features;

import dev.odometer.view.FeatureView;
import java.util.function.Function;

/** Shows one feature: by id an archived one too, by key only one that is not. */
public final class GetFeature implements Function<GetFeature.Input, FeatureView> {

    private final KnownFeatures features;

    public GetFeature(KnownFeatures features) {
        this.features = features;
    }

    /** Which feature. */
    public record Input(String featureIdOrKey) {}

    @Override
    public FeatureView apply(Input input) {
        return FeatureView.of(features.any(input.featureIdOrKey));
    }
}
