package dev.odometer.postgres;

import dev.odometer.entitlement.Reset;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A row of the table of resets. */
final class StoredReset {

    private static final String INSERT = """
            insert into entitlement_reset (entitlement_id, happened_at, anchor, preserve_overage)
            values (:id, :at, :anchor, :preserves)
            on conflict (entitlement_id, happened_at) do update
                set anchor = excluded.anchor, preserve_overage = excluded.preserve_overage
            """;

    private StoredReset() {}

    static void insert(Database database, String entitlementId, Reset reset) {
        database.sql()
                .sql(INSERT)
                .param("id", entitlementId)
                .param("at", Micros.of(reset.at()))
                .param("anchor", Micros.of(reset.anchor()))
                .param("preserves", reset.preserveOverage())
                .update();
    }

    static @Nullable Reset last(Database database, String entitlementId) {
        return database.sql()
                .sql("select * from entitlement_reset where entitlement_id = :id order by happened_at desc limit 1")
                .param("id", entitlementId)
                .query((row, n) -> of(row))
                .optional()
                .orElse(null);
    }

    private static Reset of(ResultSet row) throws SQLException {
        return new Reset(
                Micros.toInstant(row.getLong("happened_at")),
                Micros.toInstant(row.getLong("anchor")),
                row.getBoolean("preserve_overage"));
    }
}
