package dev.odometer.postgres.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.FeatureSearch;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.resource.Page;
import dev.odometer.postgres.jdbc.Conditions;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Rows;
import dev.odometer.postgres.jdbc.Texts;
import dev.odometer.postgres.rollup.StoredMeter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;

/**
 * Features in PostgreSQL. The creation of a feature is serialized with changes of its meter, by the lock that those
 * hold exclusively.
 */
public final class PostgresFeatures implements Features {

    private static final String INSERT = """
            insert into feature (id, key, name, meter_id, filters, unit_cost, metadata, created_at, updated_at,
                archived_at)
            values (:id, :key, :name, :meterId, :filters, :unitCost, :metadata, :createdAt, :updatedAt, :archivedAt)
            """;
    private final Database database;

    public PostgresFeatures(Database database) {
        this.database = database;
    }

    @Override
    public Page<Feature> list(FeatureSearch search) {
        var conditions = new Conditions();
        if (!search.includeArchived()) {
            conditions.add("f.archived_at is null");
        }
        conditions.any(search.meters(), "f.meter_id");
        conditions.text("f.key", search.key());
        conditions.text("f.name", search.name());
        String column = "f." + search.order().name().toLowerCase(java.util.Locale.ROOT);
        String order = column + (search.descending() ? " desc, f.id desc" : ", f.id");
        return new Rows<>(StoredFeature.COLUMNS, StoredFeature.FROM, order, StoredFeature::of)
                .page(database, conditions, search.page());
    }

    @Override
    public Optional<Feature> find(String idOrKey) {
        return database.read(() -> database.sql()
                .sql(StoredFeature.SELECT + " where f.id = :key or (f.key = :key and f.archived_at is null)"
                        + " order by f.id = :key desc limit 1")
                .param("key", Texts.key(idOrKey))
                .query((row, n) -> StoredFeature.of(row))
                .optional());
    }

    @Override
    public List<Feature> findByIds(Collection<String> ids) {
        return database.read(() -> List.copyOf(StoredFeature.byId(database, ids).values()));
    }

    @Override
    public Map<String, Feature> findByKeys(Collection<String> keys) {
        return database.read(() -> database
                .sql()
                .sql("select distinct on (f.key) " + StoredFeature.COLUMNS + " from " + StoredFeature.FROM
                        + " where f.key = any (:keys) order by f.key, f.archived_at desc nulls first")
                .param("keys", Texts.keys(keys))
                .query((row, n) -> StoredFeature.of(row))
                .list()
                .stream()
                .collect(Collectors.toMap(Feature::key, feature -> feature)));
    }

    @Override
    public void add(Feature feature) {
        Feature.Measure measure = feature.measure();
        try {
            database.write(() -> {
                if (measure != null) {
                    Locks.shared(database, Locks.METERS);
                    feature.checkKeys(meter(measure));
                }
                return insert(feature);
            });
        } catch (DuplicateKeyException taken) {
            throw Refusal.conflict("feature with the same key already exists: " + feature.key());
        }
    }

    private Meter meter(Feature.Measure measure) {
        return StoredMeter.live(database, Texts.key(measure.meterId()))
                .map(live -> live.reader().meter())
                .orElseThrow(() -> Refusal.notFound("meter not found: " + measure.meterSlug()));
    }

    private int insert(Feature feature) {
        Feature.Measure measure = feature.measure();
        Map<String, TextFilter> filters = measure == null ? Map.of() : measure.filters();
        return database.sql()
                .sql(INSERT)
                .param("id", feature.id())
                .param("key", feature.key())
                .param("name", feature.name())
                .param("meterId", measure == null ? null : measure.meterId())
                .param("filters", StoredFeature.write(filters))
                .param("unitCost", feature.unitCost() == null ? null : DataJson.write(feature.unitCost()))
                .param("metadata", DataJson.write(feature.metadata()))
                .param("createdAt", Micros.of(feature.createdAt()))
                .param("updatedAt", Micros.of(feature.updatedAt()))
                .param("archivedAt", Micros.ofNullable(feature.deletedAt()))
                .update();
    }

    @Override
    public void archive(String id, Instant at) {
        int archived = database.write(() -> database.sql()
                .sql("update feature set archived_at = :at, updated_at = :at where id = :id and archived_at is null")
                .param("id", Texts.key(id))
                .param("at", Micros.of(at))
                .update());
        if (archived == 0) {
            throw Refusal.notFound("feature not found: " + Refusal.quote(id));
        }
    }
}
