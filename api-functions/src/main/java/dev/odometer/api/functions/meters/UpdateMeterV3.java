package dev.odometer.api.functions.meters;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Meters;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a meter's name, description, labels and dimensions, in version 3 of the wire API; absent ones are cleared.
 * The name is required. Fields that determine the meter's values are immutable and not accepted.
 */
public final class UpdateMeterV3 implements Function<UpdateMeterV3.Input, MeterViewV3> {

    private final MeterLookup known;
    private final Meters meters;
    private final Clock clock;

    public UpdateMeterV3(Meters meters, Clock clock) {
        this.known = new MeterLookup(meters);
        this.meters = meters;
        this.clock = clock;
    }

    /** The meter and its new fields. */
    public record Input(
            String meterId,
            @Required @Nullable String name,
            @Nullable String description,
            @Nullable Map<String, String> labels,
            @Nullable Map<String, String> dimensions) {}

    @Override
    public MeterViewV3 apply(Input input) {
        Meter meter = known.liveWithId(input.meterId);
        String name = Bounds.required("name", input.name);
        Meter changed = MeterViewV3.NAMES.applied(() -> new Meter(
                meter.id(),
                meter.slug(),
                name,
                input.description,
                Objects.requireNonNullElse(input.labels, Map.of()),
                meter.aggregation(),
                meter.eventType(),
                meter.eventFrom(),
                meter.valueProperty(),
                Objects.requireNonNullElse(input.dimensions, Map.of()),
                meter.lifecycle().changed(clock.instant())));
        meters.replace(changed);
        return MeterViewV3.of(changed);
    }
}
