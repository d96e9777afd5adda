package dev.odometer.api.functions.meters;

import dev.odometer.metering.meter.Meters;
import java.time.Clock;
import java.util.function.Consumer;

/** Deletes a meter by id, like {@link DeleteMeter}, in version 3 of the wire API. */
public final class DeleteMeterV3 implements Consumer<DeleteMeterV3.Input> {

    private final MeterLookup known;
    private final Meters meters;
    private final Clock clock;

    public DeleteMeterV3(Meters meters, Clock clock) {
        this.known = new MeterLookup(meters);
        this.meters = meters;
        this.clock = clock;
    }

    /** The meter. */
    public record Input(String meterId) {}

    @Override
    public void accept(Input input) {
        meters.replace(known.liveWithId(input.meterId).deleted(clock.instant()));
    }
}
