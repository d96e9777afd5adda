package dev.odometer.api.functions.features;

import dev.odometer.api.functions.features.FeatureViewV3.MeterReference;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.FieldNames;
import dev.odometer.api.functions.input.Filters;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Feature.Measure;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.resource.Lifecycle;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates a feature like {@link CreateFeature}, in version 3 of the wire API. */
public final class CreateFeatureV3 implements Function<CreateFeatureV3.Input, FeatureViewV3> {

    private static final FieldNames NAMES = new FieldNames(Map.of("metadata", "labels", "meterSlug", "meter.id"));

    private final Features features;
    private final FeatureMeter meter;
    private final Supplier<String> ids;
    private final Clock clock;

    public CreateFeatureV3(Features features, MeterLookup meters, Supplier<String> ids, Clock clock) {
        this.features = features;
        this.meter = new FeatureMeter(meters);
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The feature; see {@link FeatureViewV3}.
     *
     * @param meter absent for a feature whose use is not measured
     */
    public record Input(
            @Required @Nullable String key,
            @Required @Nullable String name,
            @Nullable Map<String, String> labels,
            @Nullable MeterReference meter) {}

    @Override
    public FeatureViewV3 apply(Input input) {
        String key = Bounds.required("key", input.key);
        String name = Bounds.required("name", input.name);
        Measure measure = measure(input.meter);
        Feature feature = NAMES.applied(() -> new Feature(
                ids.get(),
                key,
                name,
                measure,
                null,
                Objects.requireNonNullElse(input.labels, Map.of()),
                Lifecycle.created(clock.instant())));
        features.add(feature);
        return FeatureViewV3.of(feature);
    }

    private @Nullable Measure measure(@Nullable MeterReference reference) {
        if (reference == null) {
            return null;
        }
        String id = Bounds.required("meter.id", reference.id());
        var filters = new TreeMap<String, TextFilter>();
        Map<String, @Nullable Object> conditions = reference.filters() == null ? Map.of() : reference.filters();
        conditions.forEach((dimension, tree) ->
                filters.put(dimension, Filters.PLAIN.text("meter.filters." + Refusal.quote(dimension), tree)));
        return NAMES.applied(() -> meter.withId(id, filters));
    }
}
