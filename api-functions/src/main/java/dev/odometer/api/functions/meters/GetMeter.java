package dev.odometer.api.functions.meters;

import java.util.function.Function;

/** Returns a meter: by id even if it is deleted, by slug only if it is live. */
public final class GetMeter implements Function<GetMeter.Input, MeterView> {

    private final MeterLookup meters;

    public GetMeter(MeterLookup meters) {
        this.meters = meters;
    }

    /** The meter. */
    public record Input(String meterIdOrSlug) {}

    @Override
    public MeterView apply(Input input) {
        return MeterView.of(meters.any(input.meterIdOrSlug));
    }
}
