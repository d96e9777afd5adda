package dev.odometer.api.functions.meters;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.meter.Meters;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates a meter like {@link CreateMeter}, in version 3 of the wire API. */
public final class CreateMeterV3 implements Function<CreateMeterV3.Input, MeterViewV3> {

    private final Meters meters;
    private final Supplier<String> ids;
    private final Clock clock;

    public CreateMeterV3(Meters meters, Supplier<String> ids, Clock clock) {
        this.meters = meters;
        this.ids = ids;
        this.clock = clock;
    }

    /** The meter; see {@link MeterViewV3}. */
    public record Input(
            @Required @Nullable String key,
            @Required @Nullable String name,
            @Nullable String description,
            @Nullable Map<String, String> labels,
            @Required @Nullable String aggregation,
            @Required @Nullable String event_type,
            @Nullable Instant events_from,
            @Nullable String value_property,
            @Nullable Map<String, String> dimensions) {}

    @Override
    public MeterViewV3 apply(Input input) {
        var draft = new MeterDraft(
                input.key,
                Bounds.required("name", input.name),
                input.description,
                input.labels,
                Bounds.choice(
                        "aggregation", Bounds.required("aggregation", input.aggregation), MeterViewV3.AGGREGATIONS),
                input.event_type,
                input.events_from,
                input.value_property,
                input.dimensions);
        Meter meter = MeterViewV3.NAMES.applied(() -> draft.toMeter(ids.get(), clock.instant()));
        meters.add(meter);
        return MeterViewV3.of(meter);
    }
}
