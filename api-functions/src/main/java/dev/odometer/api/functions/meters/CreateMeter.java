package dev.odometer.api.functions.meters;

import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.meter.Meters;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;

/** Creates a meter, which also applies to past events. A slug of a live meter is a conflict. */
public final class CreateMeter implements Function<MeterDraft, MeterView> {

    private final Meters meters;
    private final Supplier<String> ids;
    private final Clock clock;

    public CreateMeter(Meters meters, Supplier<String> ids, Clock clock) {
        this.meters = meters;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public MeterView apply(MeterDraft draft) {
        Meter meter = draft.toMeter(ids.get(), clock.instant());
        meters.add(meter);
        return MeterView.of(meter);
    }
}
