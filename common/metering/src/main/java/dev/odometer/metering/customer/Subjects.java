package dev.odometer.metering.customer;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The store of subject entries. */
public interface Subjects {

    /**
     * At most {@code limit} entries after the first {@code offset}, by key ascending.
     *
     * @throws dev.odometer.functions.refusal.Refusal INVALID when they are too large together to be held in memory
     */
    List<Subject> list(int limit, long offset);

    Optional<Subject> find(String idOrKey);

    /** The entries with these keys. Unknown keys are ignored. */
    List<Subject> find(Collection<String> keys);

    /** Adds or replaces entries by key, atomically. */
    void put(List<Subject> subjects);

    /** Adds the entries whose keys are new and leaves existing ones unchanged. */
    void addMissing(List<Subject> subjects);

    /** @return whether an entry existed */
    boolean remove(String idOrKey);
}
