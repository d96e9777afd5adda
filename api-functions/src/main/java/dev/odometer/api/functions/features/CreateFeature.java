package dev.odometer.api.functions.features;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.Filters;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Feature.Measure;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Text;
import dev.odometer.metering.usage.TextFilter;
import dev.odometer.views.FeatureView;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Adds a feature, with the part of a meter that measures its use, if any does. A key that is taken is a conflict. */
public final class CreateFeature implements Function<CreateFeature.Input, FeatureView> {

    /** What is left of an amount can be told of these: they begin with nothing and usage adds to them, or sets them. */
    private static final Set<Aggregation> MEASURES =
            EnumSet.of(Aggregation.SUM, Aggregation.COUNT, Aggregation.UNIQUE_COUNT, Aggregation.LATEST);

    private static final int MAX_VALUE_LENGTH = 1024;

    private final Features features;
    private final MeterLookup meters;
    private final Supplier<String> ids;
    private final Clock clock;

    public CreateFeature(Features features, MeterLookup meters, Supplier<String> ids, Clock clock) {
        this.features = features;
        this.meters = meters;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The feature.
     *
     * @param meterSlug a slug or an id; absent for a feature whose use is not measured
     * @param meterGroupByFilters value by key of the meter
     * @param advancedMeterGroupByFilters condition by key of the meter; not together with {@code meterGroupByFilters}
     */
    public record Input(
            @Nullable String key,
            @Nullable String name,
            @Nullable String meterSlug,
            @Nullable Map<String, @Nullable String> meterGroupByFilters,
            @Nullable Map<String, @Nullable Object> advancedMeterGroupByFilters,
            @Nullable Map<String, String> metadata) {}

    @Override
    public FeatureView apply(Input input) {
        Instant now = clock.instant();
        var feature = new Feature(
                ids.get(),
                Bounds.required("key", input.key),
                Bounds.required("name", input.name),
                measure(input),
                Objects.requireNonNullElse(input.metadata, Map.of()),
                Lifecycle.created(now));
        features.add(feature);
        return FeatureView.of(feature);
    }

    private @Nullable Measure measure(Input input) {
        Map<String, TextFilter> filters = filters(input);
        if (input.meterSlug == null) {
            if (!filters.isEmpty()) {
                throw Refusal.invalid("meterSlug is required where there are filters on it");
            }
            return null;
        }
        Meter meter = meters.live(input.meterSlug);
        if (!MEASURES.contains(meter.aggregation())) {
            throw Refusal.invalid("meterSlug must be of a meter of SUM, COUNT, UNIQUE_COUNT or LATEST, " + meter.slug()
                    + " is one of " + meter.aggregation());
        }
        // Its keys are checked where the meter cannot change meanwhile.
        return new Measure(meter.id(), meter.slug(), filters);
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
