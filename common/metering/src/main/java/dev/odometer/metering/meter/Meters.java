package dev.odometer.metering.meter;

import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import java.util.Optional;

/** The store of meters. Every live meter applies to all events of its type, including events stored before it. */
public interface Meters {

    /** The number of live meters that an event type may have, unless a deployment configures another. */
    int MAX_PER_EVENT_TYPE = 100;

    /** The refusal of one more meter. */
    static Refusal tooMany(String eventType, int maximum) {
        return Refusal.invalid("the event type has the maximum of " + maximum + " meters: " + Refusal.quote(eventType)
                + "; use group-bys, or delete a meter");
    }

    /** Live meters, optionally with deleted ones, in any order. */
    List<Meter> list(boolean includeDeleted);

    /** Finds by id, including deleted meters, or by slug among live ones. */
    Optional<Meter> find(String idOrSlug);

    /**
     * @throws Refusal CONFLICT when a live meter has the slug; INVALID when the event type has the maximum number of
     *     meters
     */
    void add(Meter meter);

    /**
     * Replaces a live meter. New group-by keys also apply to past events.
     *
     * @throws Refusal NOT_FOUND when the meter does not exist or was deleted
     *     concurrently; CONFLICT when the change deletes the meter, or removes a group-by key that a filter uses, while
     *     a feature that is not archived or that has entitlements depends on it
     */
    void replace(Meter meter);
}
