package dev.odometer.postgres;

import dev.odometer.metering.usage.RecordedEvent;
import dev.odometer.metering.usage.UsageEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** A row of the event table. */
record StoredEvent(UsageEvent event, long happenedAt, long position, long recordedAt) {

    static final String COLUMNS =
            "source, id, type, subject, happened_at, position, recorded_at, datacontenttype, dataschema, data";

    static StoredEvent of(ResultSet row) throws SQLException {
        long happenedAt = row.getLong("happened_at");
        String data = row.getString("data");
        var event = new UsageEvent(
                "1.0",
                row.getString("id"),
                row.getString("source"),
                row.getString("type"),
                row.getString("subject"),
                Micros.toInstant(happenedAt),
                row.getString("datacontenttype"),
                row.getString("dataschema"),
                data == null ? null : DataJson.object(data));
        return new StoredEvent(event, happenedAt, row.getLong("position"), row.getLong("recorded_at"));
    }

    RecordedEvent recorded() {
        return new RecordedEvent(event, Micros.toInstant(recordedAt), position);
    }

    /** The next events in the order of time that happened before the meter was there. */
    static List<StoredEvent> backlog(Database database, LiveMeter meter, int most) {
        LiveMeter.Backlog backlog = java.util.Objects.requireNonNull(meter.backfill());
        return database.sql()
                .sql("select " + COLUMNS + """
                         from usage_event
                        where (happened_at, position) > (:at, :place) and position <= :upTo and type = :type
                        order by happened_at, position limit :most
                        """)
                .param("at", backlog.happenedAt())
                .param("place", backlog.position())
                .param("upTo", backlog.upTo())
                .param("type", meter.reader().meter().eventType())
                .param("most", most)
                .query((row, n) -> of(row))
                .list();
    }
}
