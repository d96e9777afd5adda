package dev.odometer.api.functions.features;

import java.util.function.Function;

/** Returns a feature that is not archived, by id or key, in version 3 of the wire API. */
public final class GetFeatureV3 implements Function<GetFeatureV3.Input, FeatureViewV3> {

    private final FeatureLookup features;

    public GetFeatureV3(FeatureLookup features) {
        this.features = features;
    }

    /** The feature. */
    public record Input(String featureIdOrKey) {}

    @Override
    public FeatureViewV3 apply(Input input) {
        return FeatureViewV3.of(features.live(input.featureIdOrKey));
    }
}
