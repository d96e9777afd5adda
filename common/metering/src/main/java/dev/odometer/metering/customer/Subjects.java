package dev.odometer.metering.customer;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The subjects that somebody has described. */
public interface Subjects {

    /** All, by key ascending. */
    List<Subject> list();

    Optional<Subject> find(String idOrKey);

    /** Those of the keys that exist. */
    List<Subject> find(Collection<String> keys);

    /** Adds or replaces, by key; all or none. */
    void put(List<Subject> subjects);

    /** Adds the subjects whose keys are new and leaves the others as they are. */
    void addMissing(List<Subject> subjects);

    /** Whether there was one. */
    boolean remove(String idOrKey);
}
