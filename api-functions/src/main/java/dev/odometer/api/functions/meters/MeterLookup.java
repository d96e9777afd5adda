package dev.odometer.api.functions.meters;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.resource.Text;
import java.util.Optional;

/** The meters that exist, for functions that are given a name and need the meter. */
public final class MeterLookup {

    private final Meters meters;

    public MeterLookup(Meters meters) {
        this.meters = meters;
    }

    /** By id, deleted ones too; by slug, only a live one. */
    public Meter any(String idOrSlug) {
        // What a store cannot hold it cannot look for either.
        return Optional.of(idOrSlug)
                .filter(Text::isStorable)
                .flatMap(meters::find)
                .orElseThrow(() -> missing(idOrSlug));
    }

    /** A live meter, by id or slug: a deleted one is no longer counted, changed or asked. */
    public Meter live(String idOrSlug) {
        Meter meter = any(idOrSlug);
        if (meter.isDeleted()) {
            throw missing(idOrSlug);
        }
        return meter;
    }

    /** A live meter, by id alone. */
    public Meter liveWithId(String id) {
        Meter meter = live(id);
        if (!meter.id().equals(id)) {
            throw missing(id);
        }
        return meter;
    }

    /** A live meter, by slug alone. */
    public Meter liveWithSlug(String slug) {
        Meter meter = live(slug);
        if (!meter.slug().equals(slug)) {
            throw missing(slug);
        }
        return meter;
    }

    private static Refusal missing(String idOrSlug) {
        return Refusal.notFound("meter not found: " + Refusal.quote(idOrSlug));
    }
}
