package dev.odometer.postgres.entitlement;

import dev.odometer.metering.entitlement.Reset;
import dev.odometer.postgres.jdbc.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** Maps rows of the table of resets. */
final class StoredReset {

    static final String PUT = """
            insert into entitlement_reset (entitlement_id, happened_at, anchor, preserve_overage)
            values (:id, :at, :anchor, :preserves)
            on conflict (entitlement_id, happened_at) do update
                set anchor = excluded.anchor, preserve_overage = excluded.preserve_overage
            """;
    static final String LAST = """
            select r.* from unnest(:ids) as wanted (id) cross join lateral (
                select * from entitlement_reset where entitlement_id = wanted.id order by happened_at desc limit 1) r
            """;

    private StoredReset() {}

    static Map<String, Object> columns(String entitlementId, Reset reset) {
        return Map.of(
                "id", entitlementId,
                "at", Micros.of(reset.at()),
                "anchor", Micros.of(reset.anchor()),
                "preserves", reset.preserveOverage());
    }

    static Reset of(ResultSet row) throws SQLException {
        return new Reset(
                Micros.toInstant(row.getLong("happened_at")),
                Micros.toInstant(row.getLong("anchor")),
                row.getBoolean("preserve_overage"));
    }
}
