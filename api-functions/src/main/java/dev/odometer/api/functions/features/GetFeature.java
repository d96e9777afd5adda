package dev.odometer.api.functions.features;

import dev.odometer.views.FeatureView;
import java.util.function.Function;

/** Shows one feature: by id an archived one too, by key only one that is not. */
public final class GetFeature implements Function<GetFeature.Input, FeatureView> {

    private final FeatureLookup features;

    public GetFeature(FeatureLookup features) {
        this.features = features;
    }

    /** Which feature. */
    public record Input(String featureIdOrKey) {}

    @Override
    public FeatureView apply(Input input) {
        return FeatureView.of(features.any(input.featureIdOrKey));
    }
}
