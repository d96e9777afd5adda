package dev.odometer.postgres;

import dev.odometer.entitlement.Feature;
import dev.odometer.entitlement.FeatureSearch;
import dev.odometer.entitlement.Features;
import dev.odometer.meter.Meter;
import dev.odometer.refusal.Refusal;
import dev.odometer.resource.Lifecycle;
import dev.odometer.resource.Page;
import dev.odometer.usage.TextFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** Features in PostgreSQL. A feature and a change of its meter happen one after the other. */
final class PostgresFeatures implements Features {

    private static final String COLUMNS = "f.*, m.slug";
    private static final String FROM = "feature f left join meter m on m.id = f.meter_id";
    private static final String SELECT = "select " + COLUMNS + " from " + FROM;
    private static final String INSERT = """
            insert into feature (id, key, name, meter_id, filters, metadata, created_at, updated_at, archived_at)
            values (:id, :key, :name, :meterId, :filters, :metadata, :createdAt, :updatedAt, :archivedAt)
            """;
    /** The features that a meter is in use by: those that are not archived, or that somebody is still entitled to. */
    private static final String OF_METER = SELECT + """
             where f.meter_id = :meter and (f.archived_at is null or exists (
                select from entitlement e join customer c on c.id = e.customer_id
                where e.feature_id = f.id and e.deleted_at is null and c.deleted_at is null))
            order by f.key
            """;

    private final Database database;

    PostgresFeatures(Database database) {
        this.database = database;
    }

    @Override
    public Page<Feature> list(FeatureSearch search) {
        var conditions = new Conditions();
        if (!search.includeArchived()) {
            conditions.add("f.archived_at is null");
        }
        conditions.any(search.meters(), "f.meter_id");
        String column = "f." + search.order().name().toLowerCase(java.util.Locale.ROOT);
        String order = column + (search.descending() ? " desc, f.id desc" : ", f.id");
        return new Rows<>(COLUMNS, FROM, order, PostgresFeatures::feature).page(database, conditions, search.page());
    }

    @Override
    public Optional<Feature> find(String idOrKey) {
        return database.read(() -> database.sql()
                .sql(SELECT + " where f.id = :key or (f.key = :key and f.archived_at is null)"
                        + " order by f.id = :key desc limit 1")
                .param("key", Database.text(idOrKey))
                .query((row, n) -> feature(row))
                .optional());
    }

    @Override
    public void add(Feature feature) {
        Feature.Measure measure = feature.measure();
        try {
            database.write(() -> {
                if (measure != null) {
                    Locks.shared(database, Locks.METERS);
                    measure.checkKeys(meter(measure));
                }
                return insert(feature);
            });
        } catch (DuplicateKeyException taken) {
            throw Refusal.conflict("feature with the same key already exists: " + feature.key());
        }
    }

    private Meter meter(Feature.Measure measure) {
        return PostgresMeters.live(database, Database.text(measure.meterId()))
                .map(live -> live.gauge().meter())
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
                .param("filters", filters.isEmpty() ? null : DataJson.write(new Filters(filters)))
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
                .param("id", Database.text(id))
                .param("at", Micros.of(at))
                .update());
        if (archived == 0) {
            throw Refusal.notFound("feature not found: " + Refusal.quote(id));
        }
    }

    /**
     * Under the lock for changes of meters: refuses one that takes a meter, or a key of it, from a feature.
     *
     * @throws Refusal CONFLICT when it does
     */
    static void checkChange(Database database, Meter before, Meter after) {
        Set<String> dropped = new HashSet<>(before.groupBy().keySet());
        dropped.removeAll(after.groupBy().keySet());
        if (!after.isDeleted() && dropped.isEmpty()) {
            return;
        }
        for (Feature feature : database.sql()
                .sql(OF_METER)
                .param("meter", before.id())
                .query((row, n) -> feature(row))
                .list()) {
            if (after.isDeleted()) {
                throw Refusal.conflict("the meter is in use by the feature " + feature.key(), feature.id());
            }
            Feature.Measure measure = feature.measure();
            if (measure != null && measure.filters().keySet().stream().anyMatch(dropped::contains)) {
                throw Refusal.conflict(
                        "a groupBy key is in use by the feature " + feature.key() + ": " + dropped, feature.id());
            }
        }
    }

    /** As JSON. */
    private record Filters(Map<String, TextFilter> filters) {}

    static Map<String, TextFilter> filters(@Nullable String json) {
        return json == null ? Map.of() : DataJson.value(json, Filters.class).filters();
    }

    static Map<String, Feature> byId(Database database, Collection<String> ids) {
        return database
                .sql()
                .sql(SELECT + " where f.id = any (:ids)")
                .param("ids", Database.texts(ids))
                .query((row, n) -> feature(row))
                .list()
                .stream()
                .collect(Collectors.toMap(Feature::id, feature -> feature));
    }

    private static Feature feature(ResultSet row) throws SQLException {
        String meter = row.getString("meter_id");
        return new Feature(
                row.getString("id"),
                row.getString("key"),
                row.getString("name"),
                meter == null
                        ? null
                        : new Feature.Measure(meter, row.getString("slug"), filters(row.getString("filters"))),
                DataJson.texts(row.getString("metadata")),
                new Lifecycle(
                        Micros.toInstant(row.getLong("created_at")),
                        Micros.toInstant(row.getLong("updated_at")),
                        Micros.toInstant(row, "archived_at")));
    }
}
