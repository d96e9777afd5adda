package dev.odometer.api.functions.features;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.FeatureSearch;
import dev.odometer.metering.entitlement.FeatureSearch.Order;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.resource.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds features by id or key for other functions; a missing feature is a {@code Refusal}. */
public final class FeatureLookup {

    private final Features features;

    public FeatureLookup(Features features) {
        this.features = features;
    }

    /** A feature by id even if it is archived, or by key if it is not. */
    public Feature any(String idOrKey) {
        // A text that cannot be stored cannot be searched either.
        return Optional.of(idOrKey)
                .filter(Text::isStorable)
                .flatMap(features::find)
                .orElseThrow(() -> missing(idOrKey));
    }

    /** A feature that is not archived, by id or key. */
    public Feature live(String idOrKey) {
        Feature feature = any(idOrKey);
        if (feature.isArchived()) {
            throw missing(idOrKey);
        }
        return feature;
    }

    /**
     * The features with these keys, by key: the one that is not archived, or else an archived one. Keys without a
     * feature are left out. At most 1,000 keys.
     */
    public Map<String, Feature> byKeys(Set<String> keys) {
        var found = new HashMap<String, Feature>();
        if (!keys.isEmpty()) {
            list(keys, false).forEach(feature -> found.put(feature.key(), feature));
        }
        if (found.size() < keys.size()) {
            list(keys, true).forEach(feature -> found.putIfAbsent(feature.key(), feature));
        }
        return found;
    }

    private List<Feature> list(Set<String> keys, boolean includeArchived) {
        var all = new FeatureSearch(
                List.of(), includeArchived, Order.CREATED_AT, true, new PageRequest(1, PageRequest.MAX_SIZE));
        return features.list(all.matching(TextFilter.in(List.copyOf(keys)), null))
                .items();
    }

    private static Refusal missing(String idOrKey) {
        return Refusal.notFound("feature not found: " + Refusal.quote(idOrKey));
    }
}
