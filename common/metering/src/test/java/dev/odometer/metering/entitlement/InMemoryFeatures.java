package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.resource.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** Features in memory. Passes {@link FeaturesContract}; it does not restrict changes to meters. */
public final class InMemoryFeatures implements Features {

    private final Map<String, Feature> byId = new LinkedHashMap<>();
    private final Meters meters;

    public InMemoryFeatures(Meters meters) {
        this.meters = meters;
    }

    @Override
    public synchronized Page<Feature> list(FeatureSearch search) {
        Comparator<Feature> order = switch (search.order()) {
            case ID -> Comparator.comparing(Feature::id);
            case KEY -> Comparator.comparing(Feature::key);
            case NAME -> Comparator.comparing(Feature::name);
            case CREATED_AT -> Comparator.comparing(Feature::createdAt);
            case UPDATED_AT -> Comparator.comparing(Feature::updatedAt);
        };
        order = order.thenComparing(Feature::id);
        List<Feature> found = byId.values().stream()
                .filter(feature -> search.includeArchived() || !feature.isArchived())
                .filter(feature -> search.meters().isEmpty() || measuredBy(feature, search.meters()))
                .filter(feature ->
                        search.key() == null || search.key().toPredicate().test(feature.key()))
                .filter(feature ->
                        search.name() == null || search.name().toPredicate().test(feature.name()))
                .sorted(search.descending() ? order.reversed() : order)
                .toList();
        return search.page().slice(found);
    }

    private static boolean measuredBy(Feature feature, List<String> meterIds) {
        Feature.Measure measure = feature.measure();
        return measure != null && meterIds.contains(measure.meterId());
    }

    @Override
    public synchronized Optional<Feature> find(String idOrKey) {
        return Optional.ofNullable(byId.get(idOrKey))
                .or(() -> byId.values().stream()
                        .filter(feature ->
                                !feature.isArchived() && feature.key().equals(idOrKey))
                        .findFirst());
    }

    @Override
    public synchronized List<Feature> findByIds(Collection<String> ids) {
        return byId.values().stream()
                .filter(feature -> ids.contains(feature.id()))
                .toList();
    }

    @Override
    public synchronized Map<String, Feature> findByKeys(Collection<String> keys) {
        Comparator<Feature> order =
                Comparator.comparing(Feature::deletedAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()));
        return byId.values().stream()
                .filter(feature -> keys.contains(feature.key()))
                .collect(Collectors.toMap(Feature::key, feature -> feature, BinaryOperator.maxBy(order)));
    }

    @Override
    public synchronized void add(Feature feature) {
        checkMeasure(feature);
        if (byId.values().stream()
                .anyMatch(other -> !other.isArchived() && other.key().equals(feature.key()))) {
            throw Refusal.conflict("feature with the same key already exists: " + feature.key());
        }
        byId.put(feature.id(), feature);
    }

    private void checkMeasure(Feature feature) {
        Feature.Measure measure = feature.measure();
        if (measure == null) {
            return;
        }
        Meter meter = meters.find(measure.meterId())
                .filter(found -> !found.isDeleted())
                .orElseThrow(() -> Refusal.notFound("meter not found: " + measure.meterSlug()));
        feature.checkKeys(meter);
    }

    @Override
    public synchronized void archive(String id, Instant at) {
        Feature feature = byId.get(id);
        if (feature == null || feature.isArchived()) {
            throw Refusal.notFound("feature not found: " + id);
        }
        byId.put(id, feature.archived(at));
    }
}
