package dev.odometer.api.functions.meters;

import dev.odometer.metering.meter.Meters;
import java.time.Clock;
import java.util.function.Consumer;

/** Deletes a meter and frees its slug. It remains readable by id, and its events are kept. */
public final class DeleteMeter implements Consumer<DeleteMeter.Input> {

    private final MeterLookup known;
    private final Meters meters;
    private final Clock clock;

    public DeleteMeter(Meters meters, Clock clock) {
        this.known = new MeterLookup(meters);
        this.meters = meters;
        this.clock = clock;
    }

    /** The meter. */
    public record Input(String meterIdOrSlug) {}

    @Override
    public void accept(Input input) {
        meters.replace(known.live(input.meterIdOrSlug).deleted(clock.instant()));
    }
}
