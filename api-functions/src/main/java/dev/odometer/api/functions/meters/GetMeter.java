package dev.odometer.api.functions.meters;

import java.util.function.Function;

/** Shows one meter: by id a deleted one too, by slug only a live one. */
public final class GetMeter implements Function<GetMeter.Input, MeterView> {

    private final MeterLookup meters;

    public GetMeter(MeterLookup meters) {
        this.meters = meters;
    }

    /** Which meter. */
    public record Input(String meterIdOrSlug) {}

    @Override
    public MeterView apply(Input input) {
        return MeterView.of(meters.any(input.meterIdOrSlug));
    }
}
