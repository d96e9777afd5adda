package dev.odometer.metering.meter;

import java.util.List;
import java.util.Optional;

/** The store of meters. Every live meter applies to all events of its type, including events stored before it. */
public interface Meters {

    /** Live meters, optionally with deleted ones, in any order. */
    List<Meter> list(boolean includeDeleted);

    /** Finds by id, including deleted meters, or by slug among live ones. */
    Optional<Meter> find(String idOrSlug);

    /** @throws dev.odometer.functions.refusal.Refusal CONFLICT when a live meter has the slug */
    void add(Meter meter);

    /**
     * Replaces a live meter. New group-by keys also apply to past events.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when the meter does not exist or was deleted
     *     concurrently; CONFLICT when the change deletes the meter, or removes a group-by key that a filter uses, while
     *     a feature that is not archived or that has entitlements depends on it
     */
    void replace(Meter meter);
}
