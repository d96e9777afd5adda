package dev.odometer.metering.meter;

import java.util.List;
import java.util.Optional;

/** The meters. Every live one applies to all events of its type, past ones included. */
public interface Meters {

    /** Live meters, and on demand deleted ones, in no particular order. */
    List<Meter> list(boolean includeDeleted);

    /** By id, deleted ones too; by slug, only a live one. */
    Optional<Meter> find(String idOrSlug);

    /** @throws dev.odometer.refusal.Refusal CONFLICT when a live meter has the slug */
    void add(Meter meter);

    /**
     * Replaces a live meter; new group-bys apply to past events too.
     *
     * @throws dev.odometer.refusal.Refusal NOT_FOUND when it was deleted meanwhile; CONFLICT when it takes the meter, or a
     *     group-by key that is filtered by, from a feature that is not archived or that somebody is entitled to
     */
    void replace(Meter meter);
}
