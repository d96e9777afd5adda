package dev.odometer.postgres.entitlement;

import dev.odometer.metering.entitlement.Grant;
import dev.odometer.metering.entitlement.UsagePeriod;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps rows of the table of grants. */
final class StoredGrant {

    static final String INSERT = """
            insert into entitlement_grant (id, entitlement_id, amount, priority, effective_at, expiration_unit,
                expiration_count, rollover_least, rollover_most, recurrence_months, recurrence_time, recurrence_anchor,
                metadata, created_at, voided_at)
            values (:id, :entitlementId, :amount, :priority, :effectiveAt, :unit, :count, :least, :most, :months, :time,
                :anchor, :metadata, :createdAt, :voidedAt)
            """;

    private StoredGrant() {}

    static Map<String, @Nullable Object> columns(Grant grant) {
        Grant.Expiration expiration = grant.expiration();
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("id", grant.id());
        columns.put("entitlementId", grant.entitlementId());
        columns.put("amount", grant.amount());
        columns.put("priority", grant.priority());
        columns.put("effectiveAt", Micros.of(grant.effectiveAt()));
        columns.put("unit", expiration == null ? null : expiration.unit().name());
        columns.put("count", expiration == null ? null : expiration.count());
        columns.put("least", grant.rollover().min());
        columns.put("most", grant.rollover().max());
        UsagePeriod recurrence = grant.recurrence();
        columns.put("months", recurrence == null ? null : recurrence.months());
        columns.put("time", recurrence == null ? null : Micros.of(recurrence.time()));
        columns.put("anchor", recurrence == null ? null : Micros.of(recurrence.anchor()));
        columns.put("metadata", DataJson.write(grant.metadata()));
        columns.put("createdAt", Micros.of(grant.createdAt()));
        columns.put("voidedAt", Micros.ofNullable(grant.voidedAt()));
        return columns;
    }

    /** @param prefix the prefix of the column names in the row */
    static Grant of(ResultSet row, String prefix) throws SQLException {
        String unit = row.getString(prefix + "expiration_unit");
        String metadata = row.getString(prefix + "metadata");
        int count = row.getInt(prefix + "expiration_count");
        return new Grant(
                row.getString(prefix + "id"),
                row.getString(prefix + "entitlement_id"),
                row.getBigDecimal(prefix + "amount"),
                row.getInt(prefix + "priority"),
                Micros.toInstant(row.getLong(prefix + "effective_at")),
                unit == null ? null : new Grant.Expiration(Grant.Expiration.Unit.valueOf(unit), count),
                new Grant.Rollover(
                        row.getBigDecimal(prefix + "rollover_least"), row.getBigDecimal(prefix + "rollover_most")),
                recurrence(row, prefix),
                metadata.equals("{}") ? Map.of() : DataJson.texts(metadata),
                Micros.toInstant(row.getLong(prefix + "created_at")),
                Micros.toInstant(row, prefix + "voided_at"));
    }

    private static @Nullable UsagePeriod recurrence(ResultSet row, String prefix) throws SQLException {
        long months = row.getLong(prefix + "recurrence_months");
        return row.wasNull()
                ? null
                : new UsagePeriod(
                        months,
                        Micros.toDuration(row.getLong(prefix + "recurrence_time")),
                        Micros.toInstant(row.getLong(prefix + "recurrence_anchor")));
    }
}
