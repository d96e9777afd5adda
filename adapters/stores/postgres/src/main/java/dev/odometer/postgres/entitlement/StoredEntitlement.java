package dev.odometer.postgres.entitlement;

import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.entitlement.UsagePeriod;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Maps rows of the table of entitlements. */
public final class StoredEntitlement {

    static final String INSERT = """
            insert into entitlement (id, customer_id, feature_id, feature_key, type, config, months, time, longest,
                anchor, measure_from, allowance, priority, soft, unlimited, preserve_overage, looks_back, metadata,
                created_at, updated_at, deleted_at)
            values (:id, :customerId, :featureId, :featureKey, :type, :config, :months, :time, :longest,
                :anchor, :measureFrom, :allowance, :priority, :soft, :unlimited, :preserveOverage, :preserveOverage,
                :metadata, :createdAt, :updatedAt, :deletedAt)
            on conflict (customer_id, feature_key) where deleted_at is null and subscription_id is null do nothing
            """;

    private StoredEntitlement() {}

    /**
     * The SQL of {@link Entitlement#isActive}.
     *
     * @param alias of the table
     * @param time the SQL of the time
     */
    public static String isActive(String alias, String time) {
        return "(%1$s.deleted_at is null and (%1$s.active_from is null or %1$s.active_from <= %2$s) and (%1$s.active_to is null or %1$s.active_to > %2$s))"
                .formatted(alias, time);
    }

    static Map<String, @Nullable Object> columns(Entitlement entitlement) {
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("id", entitlement.id());
        columns.put("customerId", entitlement.customerId());
        columns.put("featureId", entitlement.featureId());
        columns.put("featureKey", entitlement.featureKey());
        columns.put("type", entitlement.terms().type());
        columns.put("config", entitlement.terms() instanceof Terms.Static fixed ? fixed.config() : null);
        columns.put("metadata", DataJson.write(entitlement.metadata()));
        columns.put("createdAt", Micros.of(entitlement.createdAt()));
        columns.put("updatedAt", Micros.of(entitlement.updatedAt()));
        columns.put("deletedAt", Micros.ofNullable(entitlement.deletedAt()));
        Terms.Metered metered = entitlement.terms() instanceof Terms.Metered terms ? terms : null;
        UsagePeriod period = entitlement.terms().period();
        columns.put("months", period == null ? null : period.months());
        columns.put("time", period == null ? null : Micros.of(period.time()));
        columns.put("longest", period == null ? null : Micros.of(period.maxLength()));
        columns.put("anchor", period == null ? null : Micros.of(period.anchor()));
        columns.put("measureFrom", metered == null ? null : Micros.of(metered.measureFrom()));
        columns.put("allowance", metered == null ? null : metered.allowance());
        columns.put("priority", metered == null ? null : metered.priority());
        columns.put("soft", metered == null ? null : metered.softLimit());
        columns.put("unlimited", metered == null ? null : metered.unlimited());
        columns.put("preserveOverage", metered == null ? null : metered.preserveOverage());
        return columns;
    }

    static Entitlement of(ResultSet row) throws SQLException {
        String metadata = row.getString("metadata");
        return new Entitlement(
                row.getString("id"),
                row.getString("customer_id"),
                row.getString("feature_id"),
                row.getString("feature_key"),
                terms(row),
                metadata.equals("{}") ? Map.of() : DataJson.texts(metadata),
                managed(row),
                new Lifecycle(
                        Micros.toInstant(row.getLong("created_at")),
                        Micros.toInstant(row.getLong("updated_at")),
                        Micros.toInstant(row, "deleted_at")));
    }

    private static Entitlement.@Nullable Managed managed(ResultSet row) throws SQLException {
        String subscription = row.getString("subscription_id");
        return subscription == null
                ? null
                : new Entitlement.Managed(
                        subscription, Micros.toInstant(row.getLong("active_from")), Micros.toInstant(row, "active_to"));
    }

    private static Terms terms(ResultSet row) throws SQLException {
        return switch (row.getString("type")) {
            case "boolean" -> new Terms.BooleanAccess(period(row));
            case "static" -> new Terms.Static(row.getString("config"), period(row));
            default ->
                new Terms.Metered(
                        Objects.requireNonNull(period(row)),
                        Micros.toInstant(row.getLong("measure_from")),
                        row.getBigDecimal("allowance"),
                        row.getInt("priority"),
                        row.getBoolean("soft"),
                        row.getBoolean("unlimited"),
                        row.getBoolean("preserve_overage"));
        };
    }

    private static @Nullable UsagePeriod period(ResultSet row) throws SQLException {
        Instant anchor = Micros.toInstant(row, "anchor");
        return anchor == null
                ? null
                : new UsagePeriod(row.getLong("months"), Micros.toDuration(row.getLong("time")), anchor);
    }
}
