package dev.odometer.postgres.notification;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.odometer.metering.notification.Attempt;
import dev.odometer.metering.notification.Delivery;
import dev.odometer.metering.notification.Notification;
import dev.odometer.metering.notification.Notifications.Search;
import dev.odometer.metering.notification.Notifications.Sent;
import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.notification.Topic;
import dev.odometer.metering.resource.Page;
import dev.odometer.postgres.jdbc.Conditions;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Rows;
import dev.odometer.postgres.jdbc.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads notifications with their deliveries and attempts, in three statements regardless of their number. */
final class SentNotifications {

    private static final String DELIVERIES = "select d.notification_id, d.state, d.reason, d.due_at, "
            + StoredChannel.COLUMNS
            + " from notification_delivery d join notification_channel c on c.id = d.channel_id"
            + " where d.notification_id = any (:ids) order by d.channel_id";
    private static final String ATTEMPTS =
            "select * from notification_attempt where notification_id = any (:ids) order by number";

    private final Database database;

    SentNotifications(Database database) {
        this.database = database;
    }

    private record DeliveryKey(String notification, String channel) {}

    private record Keyed<K, V>(K key, V value) {}

    Page<Sent> list(Search search) {
        Conditions conditions = conditions(search);
        String order = search.descending() ? "created_at desc, id desc" : "created_at, id";
        return new Rows<>("*", "notification", order, SentNotifications::notification)
                .page(database, conditions, search.page())
                .mapAll(this::sent);
    }

    private static Conditions conditions(Search search) {
        var conditions = new Conditions();
        if (search.from() != null) {
            conditions.add("created_at >= " + conditions.parameter(Micros.of(search.from())));
        }
        if (search.to() != null) {
            conditions.add("created_at < " + conditions.parameter(Micros.of(search.to())));
        }
        conditions.any(search.features(), "feature_id", "feature_key");
        conditions.any(search.subjects(), "subject");
        conditions.any(search.rules(), "rule_id");
        if (!search.channels().isEmpty()) {
            conditions.add("exists (select from notification_delivery d where d.notification_id = notification.id"
                    + " and d.channel_id = any (" + conditions.parameter(Texts.keys(search.channels())) + "))");
        }
        return conditions;
    }

    Optional<Sent> find(String id) {
        List<Notification> found = database.sql()
                .sql("select * from notification where id = :id")
                .param("id", Texts.key(id))
                .query((row, n) -> notification(row))
                .list();
        return sent(found).stream().findFirst();
    }

    private List<Sent> sent(List<Notification> notifications) {
        if (notifications.isEmpty()) {
            return List.of();
        }
        String[] ids = notifications.stream().map(Notification::id).toArray(String[]::new);
        Map<DeliveryKey, List<Attempt>> attempts = attempts(ids);
        Map<String, List<Delivery>> deliveries = database
                .sql()
                .sql(DELIVERIES)
                .param("ids", ids)
                .query((row, n) -> new Keyed<>(row.getString("notification_id"), delivery(row, attempts)))
                .list()
                .stream()
                .collect(groupingBy(Keyed::key, mapping(Keyed::value, toList())));
        return notifications.stream()
                .map(one -> new Sent(one, deliveries.getOrDefault(one.id(), List.of())))
                .toList();
    }

    private Map<DeliveryKey, List<Attempt>> attempts(String[] ids) {
        return database
                .sql()
                .sql(ATTEMPTS)
                .param("ids", ids)
                .query((row, n) -> new Keyed<>(
                        new DeliveryKey(row.getString("notification_id"), row.getString("channel_id")), attempt(row)))
                .list()
                .stream()
                .collect(groupingBy(Keyed::key, mapping(Keyed::value, toList())));
    }

    private static Delivery delivery(ResultSet row, Map<DeliveryKey, List<Attempt>> attempts) throws SQLException {
        var key = new DeliveryKey(row.getString("notification_id"), row.getString("channel_id"));
        return new Delivery(
                StoredChannel.of(row),
                Delivery.State.valueOf(row.getString("state")),
                row.getString("reason"),
                Micros.toInstant(row, "due_at"),
                attempts.getOrDefault(key, List.of()));
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        int status = row.getInt("status_code");
        boolean answered = !row.wasNull();
        return new Attempt(
                row.getBoolean("succeeded"),
                Micros.toInstant(row.getLong("at")),
                answered ? status : null,
                row.getString("body"),
                Duration.ofMillis(row.getLong("took_millis")),
                row.getString("url"));
    }

    static Notification notification(ResultSet row) throws SQLException {
        Rule rule = StoredRule.read(row.getString("rule"));
        return new Notification(
                row.getString("id"),
                rule.condition().type(),
                rule,
                new Topic(row.getString("feature_id"), row.getString("feature_key"), row.getString("subject")),
                DataJson.object(row.getString("payload")),
                Micros.toInstant(row.getLong("created_at")));
    }
}
