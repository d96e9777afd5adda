package dev.odometer.postgres.notification;

import dev.odometer.metering.notification.Channel;
import dev.odometer.metering.notification.Target;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Maps rows of the table of channels. */
final class StoredChannel {

    /** The columns of a channel {@code c}, with aliases that are unique in joins. */
    static final String COLUMNS = "c.id as channel_id, c.name as channel_name, c.disabled as channel_disabled,"
            + " c.type as channel_type, c.target as channel_target, c.metadata as channel_metadata,"
            + " c.created_at as channel_created_at, c.updated_at as channel_updated_at,"
            + " c.deleted_at as channel_deleted_at";

    private StoredChannel() {}

    static Channel of(ResultSet row) throws SQLException {
        Class<? extends Target> type =
                row.getString("channel_type").equals("WEBHOOK") ? Target.Webhook.class : Target.Email.class;
        return new Channel(
                row.getString("channel_id"),
                row.getString("channel_name"),
                row.getBoolean("channel_disabled"),
                DataJson.value(row.getString("channel_target"), type),
                DataJson.texts(row.getString("channel_metadata")),
                new Lifecycle(
                        Micros.toInstant(row.getLong("channel_created_at")),
                        Micros.toInstant(row.getLong("channel_updated_at")),
                        Micros.toInstant(row, "channel_deleted_at")));
    }
}
