package dev.odometer.postgres.rollup;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterReader;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Maps rows of the table of meters, and finds those that are not deleted. */
public final class StoredMeter {

    private static final String LIVE =
            "select meter.*, meter_version.has_archive from meter, meter_version where deleted_at is null";

    private StoredMeter() {}

    /** The live meter with this id. */
    public static Optional<LiveMeter> live(Database database, String id) {
        return live(database, id, false);
    }

    /**
     * The live meter with this id. With a lock, its backfill waits for the end of the transaction. A transaction that
     * writes needs the lock: each of its statements has a snapshot of its own, and a backfill step between two of them
     * would move events from the backlog into deltas, which would count them twice.
     */
    public static Optional<LiveMeter> live(Database database, String id, boolean isLocked) {
        return database.sql()
                .sql(LIVE + " and id = :id" + (isLocked ? " for share of meter" : ""))
                .param("id", id)
                .query((row, n) -> live(row))
                .optional();
    }

    /** All live meters. */
    public static List<LiveMeter> live(Database database) {
        return database.sql().sql(LIVE).query((row, n) -> live(row)).list();
    }

    private static LiveMeter live(ResultSet row) throws SQLException {
        long upTo = row.getLong("backfill_to");
        LiveMeter.Backlog backlog = row.wasNull()
                ? null
                : new LiveMeter.Backlog(upTo, row.getLong("backfilled_at"), row.getLong("backfilled_position"));
        return new LiveMeter(new MeterReader(of(row)), row.getLong("rollup"), backlog, row.getBoolean("has_archive"));
    }

    public static Meter of(ResultSet row) throws SQLException {
        return new Meter(
                row.getString("id"),
                row.getString("slug"),
                row.getString("name"),
                row.getString("description"),
                DataJson.texts(row.getString("metadata")),
                Aggregation.valueOf(row.getString("aggregation")),
                row.getString("event_type"),
                Micros.toInstant(row, "event_from"),
                row.getString("value_property"),
                DataJson.texts(row.getString("group_by")),
                new Lifecycle(
                        Micros.toInstant(row.getLong("created_at")),
                        Micros.toInstant(row.getLong("updated_at")),
                        Micros.toInstant(row, "deleted_at")));
    }
}
