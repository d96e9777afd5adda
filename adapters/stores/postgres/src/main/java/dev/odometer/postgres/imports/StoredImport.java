package dev.odometer.postgres.imports;

import dev.odometer.functions.file.FileName;
import dev.odometer.metering.imports.FileVersion;
import dev.odometer.metering.imports.Progress;
import dev.odometer.metering.imports.UsageImport;
import dev.odometer.postgres.jdbc.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Maps rows of the table of imports. */
final class StoredImport {

    private StoredImport() {}

    static UsageImport of(ResultSet row) throws SQLException {
        var name = new FileName(row.getString("container"), row.getString("key"));
        return new UsageImport(
                row.getString("id"),
                new FileVersion(name, row.getString("version"), row.getLong("size")),
                UsageImport.Status.valueOf(row.getString("status")),
                row.getBoolean("ended"),
                row.getString("reason"),
                row.getString("earlier_id"),
                progress(row),
                Micros.toInstant(row.getLong("started_at")),
                Micros.toInstant(row.getLong("updated_at")),
                Micros.toInstant(row, "finished_at"));
    }

    private static Progress progress(ResultSet row) throws SQLException {
        return new Progress(
                row.getLong("position"),
                row.getLong("line"),
                row.getLong("read"),
                row.getLong("lines"),
                row.getLong("counted"),
                row.getLong("repeated"),
                row.getLong("rejected"),
                Duration.of(row.getLong("worked"), ChronoUnit.MICROS));
    }
}
