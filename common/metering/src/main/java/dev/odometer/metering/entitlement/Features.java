package dev.odometer.metering.entitlement;

import dev.odometer.metering.resource.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The store of features. */
public interface Features {

    /** A page of features, with the total count. */
    Page<Feature> list(FeatureSearch search);

    /** Finds by id, including archived features, or by key among those that are not archived. */
    Optional<Feature> find(String idOrKey);

    /** Finds features by their ids, archived ones included, in any order. Unknown ids are ignored. */
    List<Feature> findByIds(Collection<String> ids);

    /**
     * Finds features by their keys: for each key the feature that is not archived, otherwise the one that was archived
     * last. A key without a feature is left out.
     */
    Map<String, Feature> findByKeys(Collection<String> keys);

    /**
     * Adds a feature. From then on, its meter cannot be deleted, and the group-by keys in its filters cannot be
     * removed.
     *
     * @throws dev.odometer.functions.refusal.Refusal CONFLICT when the key is already in use; NOT_FOUND when its meter
     *     does not exist; INVALID when a filter's key is not a group-by key of the meter
     */
    void add(Feature feature);

    /**
     * Archives a feature: its key can be used again, and existing entitlements remain valid.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such feature or it is archived
     */
    void archive(String id, Instant at);
}
