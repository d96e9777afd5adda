package dev.odometer.api.functions.features;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.Filters;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Feature.Measure;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.entitlement.UnitCost;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Text;
import dev.odometer.views.FeatureView;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates a feature, optionally measured by part of a meter. A key of a live feature is a conflict. */
public final class CreateFeature implements Function<CreateFeature.Input, FeatureView> {

    private static final int MAX_VALUE_LENGTH = 1024;

    private final Features features;
    private final FeatureMeter meter;
    private final Supplier<String> ids;
    private final Clock clock;

    public CreateFeature(Features features, MeterLookup meters, Supplier<String> ids, Clock clock) {
        this.features = features;
        this.meter = new FeatureMeter(meters);
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The feature.
     *
     * @param meterSlug a slug or an id; absent for a feature whose use is not measured
     * @param meterGroupByFilters values by group-by key of the meter
     * @param advancedMeterGroupByFilters filters by group-by key; not together with {@code meterGroupByFilters}
     * @param unitCost stored and shown; nothing is computed from it
     */
    public record Input(
            @Required @Nullable String key,
            @Required @Nullable String name,
            @Nullable String meterSlug,
            @Nullable Map<String, @Nullable String> meterGroupByFilters,
            @Nullable Map<String, @Nullable Object> advancedMeterGroupByFilters,
            @Nullable Map<String, String> metadata,
            @Nullable UnitCost unitCost) {}

    @Override
    public FeatureView apply(Input input) {
        Instant now = clock.instant();
        var feature = new Feature(
                ids.get(),
                Bounds.required("key", input.key),
                Bounds.required("name", input.name),
                measure(input),
                input.unitCost,
                Objects.requireNonNullElse(input.metadata, Map.of()),
                Lifecycle.created(now));
        features.add(feature);
        return FeatureView.of(feature);
    }

    private @Nullable Measure measure(Input input) {
        Map<String, TextFilter> filters = filters(input);
        if (input.meterSlug == null) {
            if (!filters.isEmpty()) {
                throw Refusal.invalid("meterSlug is required with group-by filters");
            }
            return null;
        }
        return meter.of(input.meterSlug, filters);
    }

    private static Map<String, TextFilter> filters(Input input) {
        Map<String, @Nullable String> values = input.meterGroupByFilters == null ? Map.of() : input.meterGroupByFilters;
        Map<String, @Nullable Object> conditions =
                input.advancedMeterGroupByFilters == null ? Map.of() : input.advancedMeterGroupByFilters;
        if (!values.isEmpty() && !conditions.isEmpty()) {
            throw Refusal.invalid("meterGroupByFilters and advancedMeterGroupByFilters cannot be used together");
        }
        var filters = new TreeMap<String, TextFilter>();
        values.forEach((key, value) -> filters.put(key, equality(place("meterGroupByFilters", key), value)));
        conditions.forEach(
                (key, tree) -> filters.put(key, Filters.DOLLAR.text(place("advancedMeterGroupByFilters", key), tree)));
        return filters;
    }

    private static TextFilter equality(String place, @Nullable String value) {
        return TextFilter.of(TextFilter.Op.EQ, Text.bounded(place, Bounds.required(place, value), MAX_VALUE_LENGTH));
    }

    private static String place(String field, String key) {
        return field + "." + Refusal.quote(key);
    }
}
