package dev.odometer.api.functions.meters;

import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterChange;
import dev.odometer.metering.meter.Meters;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes a meter's words and group-bys; what decides its numbers never changes. */
public final class UpdateMeter implements Function<UpdateMeter.Input, MeterView> {

    private final MeterLookup known;
    private final Meters meters;
    private final Clock clock;

    public UpdateMeter(Meters meters, Clock clock) {
        this.known = new MeterLookup(meters);
        this.meters = meters;
        this.clock = clock;
    }

    /** Which meter, and what it becomes; see {@link MeterChange} for what is absent. */
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
