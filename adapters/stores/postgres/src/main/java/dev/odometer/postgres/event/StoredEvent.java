package dev.odometer.postgres.event;

import dev.odometer.metering.usage.RecordedEvent;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A row of the event table. */
public record StoredEvent(UsageEvent event, long happenedAt, long position, long recordedAt) {

    /**
     * The number of bits of a position that hold the index in its batch; the bits above are the number of the
     * transaction. So one {@code nextval} yields the positions of a batch, and their order is the order of arrival.
     */
    public static final int PLACE_BITS = 20;

    /** The events with all their attributes, for a FROM clause. */
    public static final String TABLE = "usage_event join event_attributes on number = attributes";

    public static final String COLUMNS =
            "source, id, type, subject, happened_at, position, recorded_at, datacontenttype, dataschema, data";

    public static StoredEvent of(ResultSet row) throws SQLException {
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

    public RecordedEvent recorded() {
        return new RecordedEvent(event, Micros.toInstant(recordedAt), position);
    }
}
