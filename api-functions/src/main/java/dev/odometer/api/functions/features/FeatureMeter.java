package dev.odometer.api.functions.features;

import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Feature.Measure;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Finds the meter that is to measure a feature. The store checks the keys of the filters. */
final class FeatureMeter {

    /**
     * The aggregations that can be balanced against an amount: they start at zero, and usage adds to them or sets them.
     */
    private static final Set<Aggregation> SUPPORTED =
            EnumSet.of(Aggregation.SUM, Aggregation.COUNT, Aggregation.UNIQUE_COUNT, Aggregation.LATEST);

    private final MeterLookup meters;

    FeatureMeter(MeterLookup meters) {
        this.meters = meters;
    }

    /** The measure by a live meter with this id or slug. */
    Measure of(String idOrSlug, Map<String, TextFilter> filters) {
        return measure(meters.live(idOrSlug), filters);
    }

    /** The measure by a live meter with this id. */
    Measure withId(String id, Map<String, TextFilter> filters) {
        return measure(meters.liveWithId(id), filters);
    }

    private static Measure measure(Meter meter, Map<String, TextFilter> filters) {
        if (!SUPPORTED.contains(meter.aggregation())) {
            throw Refusal.invalid("meterSlug must name a meter with SUM, COUNT, UNIQUE_COUNT or LATEST: " + meter.slug()
                    + " has " + meter.aggregation());
        }
        // The store checks the keys, in the transaction in which the meter cannot change.
        return new Measure(meter.id(), meter.slug(), filters);
    }
}
