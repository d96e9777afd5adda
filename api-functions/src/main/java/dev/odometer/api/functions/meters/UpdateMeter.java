package dev.odometer.api.functions.meters;

import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterChange;
import dev.odometer.metering.meter.Meters;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Updates a meter's name, description, metadata and group-by keys; the fields that determine its values are immutable.
 */
public final class UpdateMeter implements Function<UpdateMeter.Input, MeterView> {

    private final MeterLookup known;
    private final Meters meters;
    private final Clock clock;

    public UpdateMeter(Meters meters, Clock clock) {
        this.known = new MeterLookup(meters);
        this.meters = meters;
        this.clock = clock;
    }

    /** The meter and its new fields; see {@link MeterChange} for absent ones. */
    public record Input(
            String meterIdOrSlug,
            @Nullable String name,
            @Nullable String description,
            @Nullable Map<String, String> metadata,
            @Nullable Map<String, String> groupBy) {}

    @Override
    public MeterView apply(Input input) {
        var change = new MeterChange(input.name, input.description, input.metadata, input.groupBy);
        Meter changed = known.live(input.meterIdOrSlug).changed(change, clock.instant());
        meters.replace(changed);
        return MeterView.of(changed);
    }
}
