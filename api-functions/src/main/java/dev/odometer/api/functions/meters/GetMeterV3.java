package dev.odometer.api.functions.meters;

import java.util.function.Function;

/** Returns a meter by id, even if it is deleted, in version 3 of the wire API. */
public final class GetMeterV3 implements Function<GetMeterV3.Input, MeterViewV3> {

    private final MeterLookup meters;

    public GetMeterV3(MeterLookup meters) {
        this.meters = meters;
    }

    /** The meter. */
    public record Input(String meterId) {}

    @Override
    public MeterViewV3 apply(Input input) {
        return MeterViewV3.of(meters.anyWithId(input.meterId));
    }
}
