package dev.odometer.api.functions.meters;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.resource.Text;
import java.util.Optional;

/** Finds meters by id or slug for other functions; a missing meter is a {@code Refusal}. */
public final class MeterLookup {

    private final Meters meters;

    public MeterLookup(Meters meters) {
        this.meters = meters;
    }

    /** A meter by id even if it is deleted, or by slug if it is live. */
    public Meter any(String idOrSlug) {
        // A text that cannot be stored cannot be searched either.
        return Optional.of(idOrSlug)
                .filter(Text::isStorable)
                .flatMap(meters::find)
                .orElseThrow(() -> missing(idOrSlug));
    }

    /** A live meter, by id or slug: deleted meters can neither be queried nor changed. */
    public Meter live(String idOrSlug) {
        Meter meter = any(idOrSlug);
        if (meter.isDeleted()) {
            throw missing(idOrSlug);
        }
        return meter;
    }

    /** A meter by id only, even if it is deleted. */
    public Meter anyWithId(String id) {
        Meter meter = any(id);
        if (!meter.id().equals(id)) {
            throw missing(id);
        }
        return meter;
    }

    /** A live meter, by id only. */
    public Meter liveWithId(String id) {
        Meter meter = live(id);
        if (!meter.id().equals(id)) {
            throw missing(id);
        }
        return meter;
    }

    /** A live meter, by slug only. */
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
