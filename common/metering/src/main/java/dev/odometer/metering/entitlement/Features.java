package dev.odometer.metering.entitlement;

import dev.odometer.metering.resource.Page;
import java.time.Instant;
import java.util.Optional;

/** The features. */
public interface Features {

    /** A page of features and how many there are in all. */
    Page<Feature> list(FeatureSearch search);

    /** By id, archived ones too; by key, only one that is not. */
    Optional<Feature> find(String idOrKey);

    /**
     * From then on its meter cannot be deleted, nor lose a key that it filters by.
     *
     * @throws dev.odometer.refusal.Refusal CONFLICT when the key is taken, NOT_FOUND when its meter is gone, INVALID when
     *     that does not have a key it filters by
     */
    void add(Feature feature);

    /**
     * Frees the key; entitlements that exist stay as they are.
     *
     * @throws dev.odometer.refusal.Refusal NOT_FOUND when there is no such feature or it is archived
     */
    void archive(String id, Instant at);
}
