package dev.odometer.postgres.entitlement;

import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.UnitCost;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Maps rows of the table of features {@code f} with the slug of their meter {@code m}. */
public final class StoredFeature {

    static final String COLUMNS = "f.*, m.slug";
    static final String FROM = "feature f left join meter m on m.id = f.meter_id";
    static final String SELECT = "select " + COLUMNS + " from " + FROM;
    /** The features that need a meter: those that are not archived, or that a customer is still entitled to. */
    private static final String OF_METER = SELECT + """
             where f.meter_id = :meter and (f.archived_at is null or exists (
                select from entitlement e join customer c on c.id = e.customer_id
                where e.feature_id = f.id and e.deleted_at is null and c.deleted_at is null
                    and (e.active_to is null or e.active_to > greatest(%s, e.active_from))))
            order by f.key
            """.formatted(Micros.NOW);

    private StoredFeature() {}

    /** The stored JSON form of filters. */
    private record Filters(Map<String, TextFilter> filters) {}

    public static @Nullable String write(Map<String, TextFilter> filters) {
        return filters.isEmpty() ? null : DataJson.write(new Filters(filters));
    }

    /** The filters that {@link #write} stored. */
    public static Map<String, TextFilter> filters(@Nullable String json) {
        return json == null ? Map.of() : DataJson.value(json, Filters.class).filters();
    }

    /** The features that need the meter, which prevent its deletion. */
    public static List<Feature> inUse(Database database, String meterId) {
        return database.sql()
                .sql(OF_METER)
                .param("meter", meterId)
                .query((row, n) -> of(row))
                .list();
    }

    public static Map<String, Feature> byId(Database database, Collection<String> ids) {
        return database
                .sql()
                .sql(SELECT + " where f.id = any (:ids)")
                .param("ids", Texts.keys(ids))
                .query((row, n) -> of(row))
                .list()
                .stream()
                .collect(Collectors.toMap(Feature::id, feature -> feature));
    }

    static Feature of(ResultSet row) throws SQLException {
        String meter = row.getString("meter_id");
        String unitCost = row.getString("unit_cost");
        return new Feature(
                row.getString("id"),
                row.getString("key"),
                row.getString("name"),
                meter == null
                        ? null
                        : new Feature.Measure(meter, row.getString("slug"), filters(row.getString("filters"))),
                unitCost == null ? null : DataJson.value(unitCost, UnitCost.class),
                DataJson.texts(row.getString("metadata")),
                new Lifecycle(
                        Micros.toInstant(row.getLong("created_at")),
                        Micros.toInstant(row.getLong("updated_at")),
                        Micros.toInstant(row, "archived_at")));
    }
}
