package dev.odometer.postgres.notification;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.notification.Channel;
import dev.odometer.metering.notification.Notification;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Page;
import dev.odometer.postgres.jdbc.Conditions;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Rows;
import dev.odometer.postgres.jdbc.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Channels, rules and notifications in PostgreSQL. A change of a rule is like one of a meter: it waits for in-flight
 * appends, and later ones detect it.
 */
public final class PostgresNotifications implements Notifications {

    private static final String PUT_CHANNEL = """
            insert into notification_channel as c (id, name, disabled, type, target, metadata, created_at, updated_at,
                deleted_at)
            values (:id, :name, :disabled, :type, :target, :metadata, :createdAt, :updatedAt, :deletedAt)
            on conflict (id) do update set name = excluded.name, disabled = excluded.disabled, type = excluded.type,
                target = excluded.target, metadata = excluded.metadata, updated_at = excluded.updated_at
            where c.deleted_at is null
            """;
    private static final String PUT_RULE = """
            insert into notification_rule as r (id, rule, disabled, channels, created_at, deleted_at)
            values (:id, :rule, :disabled, :channels, :createdAt, :deletedAt)
            on conflict (id) do update set rule = excluded.rule, disabled = excluded.disabled,
                channels = excluded.channels, deleted_at = excluded.deleted_at
            where r.deleted_at is null
            """;
    // Only deliveries that are still waiting have a ready_at.
    private static final String FAIL_DELIVERIES = """
            update notification_delivery
            set state = 'FAILED', reason = 'the channel was deleted', due_at = null, ready_at = null, lease = null
            where channel_id = :id and ready_at is not null
            """;
    // Clears tries and since, so that the schedule of retries starts again. No channels stands for all channels of the
    // event.
    private static final String RESEND = """
            update notification_delivery d
            set state = 'RESENDING', reason = null, due_at = :now, ready_at = :now, lease = null, since = :now, tries = 0
            from notification_channel c
            where d.notification_id = :id and c.id = d.channel_id and c.deleted_at is null
                and (cardinality(:channels) = 0 or d.channel_id = any (:channels))
            returning d.channel_id
            """;
    // Keeps notifications that an enabled channel is still waiting for.
    private static final String REMOVE_OLD = """
            with old as (
                select n.id from notification n
                where n.created_at < :before and not exists (
                    select from notification_delivery d join notification_channel c on c.id = d.channel_id
                    where d.notification_id = n.id and d.ready_at is not null and not c.disabled)
                order by n.created_at, n.id limit :limit
            )
            delete from notification n using old where n.id = old.id
            """;

    private final Database database;
    private final RaisedNotifications raised;
    private final SentNotifications sent;
    private final PostgresAlerts alerts;

    public PostgresNotifications(Database database, RaisedNotifications raised, PostgresAlerts alerts) {
        this.database = database;
        this.raised = raised;
        this.sent = new SentNotifications(database);
        this.alerts = alerts;
    }

    /** How a table of channels or rules, {@code c}, is read. */
    private record Table<T>(String from, String columns, Rows.Mapping<T> mapping) {}

    private static final Table<Channel> CHANNELS =
            new Table<>("notification_channel c", StoredChannel.COLUMNS, StoredChannel::of);
    private static final Table<Rule> RULES =
            new Table<>("notification_rule c", "c.rule", row -> StoredRule.read(row.getString("rule")));

    private <T> Page<T> page(Table<T> table, Conditions conditions, Listing listing) {
        if (!listing.includeDeleted()) {
            conditions.add("c.deleted_at is null");
        }
        if (!listing.includeDisabled()) {
            conditions.add("not c.disabled");
        }
        String direction = listing.descending() ? " desc" : "";
        String order = "c.created_at" + direction + ", c.id" + direction;
        return new Rows<>(table.columns(), table.from(), order, table.mapping())
                .page(database, conditions, listing.page());
    }

    private <T> Optional<T> one(Table<T> table, String id, String lock) {
        return database.sql()
                .sql("select " + table.columns() + " from " + table.from()
                        + " where c.id = :id and c.deleted_at is null" + lock)
                .param("id", Texts.key(id))
                .query((row, n) -> table.mapping().of(row))
                .optional();
    }

    @Override
    public Page<Channel> channels(Listing listing) {
        return page(CHANNELS, new Conditions(), listing);
    }

    @Override
    public Optional<Channel> channel(String id) {
        return database.read(() -> one(CHANNELS, id, ""));
    }

    @Override
    public void put(Channel channel) {
        int put = database.write(() -> database.sql()
                .sql(PUT_CHANNEL)
                .param("id", channel.id())
                .param("name", channel.name())
                .param("disabled", channel.disabled())
                .param("type", channel.target().type())
                .param("target", DataJson.write(channel.target()))
                .param("metadata", DataJson.write(channel.metadata()))
                .param("createdAt", Micros.of(channel.createdAt()))
                .param("updatedAt", Micros.of(channel.updatedAt()))
                .param("deletedAt", Micros.ofNullable(channel.deletedAt()))
                .update());
        if (put == 0) {
            throw missing("channel", channel.id());
        }
    }

    private void lockChannel(String channel, String lock) {
        if (one(CHANNELS, channel, lock).isEmpty()) {
            throw missing("channel", channel);
        }
    }

    private static Refusal missing(String what, String id) {
        return Refusal.notFound(what + " not found: " + Refusal.quote(id));
    }

    @Override
    public void deleteChannel(String id, Instant at) {
        database.write(() -> {
            // A concurrent change that names the channel in a rule waits for this lock, and then finds the channel
            // deleted.
            lockChannel(id, " for update");
            database.sql()
                    .sql("select id from notification_rule where deleted_at is null and :id = any (channels) limit 1")
                    .param("id", id)
                    .query(String.class)
                    .optional()
                    .ifPresent(rule -> {
                        throw Refusal.conflict("the channel is in use by a rule: " + rule);
                    });
            database.sql()
                    .sql("update notification_channel set deleted_at = :at where id = :id")
                    .param("id", id)
                    .param("at", Micros.of(at))
                    .update();
            return database.sql().sql(FAIL_DELIVERIES).param("id", id).update();
        });
    }

    @Override
    public Page<Rule> rules(RuleFilter filter, Listing listing) {
        var conditions = new Conditions();
        if (!filter.channels().isEmpty()) {
            conditions.add("c.channels && cast(" + conditions.parameter(Texts.keys(filter.channels())) + " as text[])");
        }
        if (!filter.features().isEmpty()) {
            String features = conditions.parameter(Texts.keys(filter.features()));
            conditions.add("exists (select from jsonb_each_text(nullif(c.rule::jsonb -> 'features', 'null')) f"
                    + " where f.key = any (" + features + ") or f.value = any (" + features + "))");
        }
        return page(RULES, conditions, listing);
    }

    @Override
    public Optional<Rule> rule(String id) {
        return database.read(() -> one(RULES, id, ""));
    }

    @Override
    public void put(Rule rule) {
        database.write(() -> {
            // In the order of ids, so that concurrent changes do not deadlock. The lock excludes the deletion of a
            // channel meanwhile.
            for (String channel : rule.channels().stream().sorted().toList()) {
                lockChannel(channel, " for share");
            }
            return change(rule);
        });
    }

    @Override
    public void deleteRule(String id, Instant at) {
        database.write(() -> {
            Rule r = one(RULES, id, "").orElseThrow(() -> missing("rule", id));
            return change(new Rule(
                    id,
                    r.name(),
                    r.disabled(),
                    r.condition(),
                    r.channels(),
                    r.metadata(),
                    new Lifecycle(r.createdAt(), r.updatedAt(), at)));
        });
    }

    private boolean change(Rule rule) {
        // Appends cache the rules together with the meters, so a change of either uses the same lock and version.
        Locks.metersChange(database);
        int put = database.sql()
                .sql(PUT_RULE)
                .param("id", rule.id())
                .param("rule", StoredRule.write(rule))
                .param("disabled", rule.disabled())
                .param("channels", rule.channels().toArray(String[]::new))
                .param("createdAt", Micros.of(rule.createdAt()))
                .param("deletedAt", Micros.ofNullable(rule.deletedAt()))
                .update();
        if (put == 0) {
            throw missing("rule", rule.id());
        }
        return true;
    }

    @Override
    public Page<Sent> list(Search search) {
        return database.read(() -> sent.list(search));
    }

    @Override
    public Optional<Sent> find(String id) {
        return database.read(() -> sent.find(id));
    }

    @Override
    public void raise(Notification notification) {
        alerts.committed(database.write(() -> raised.raise(notification)));
    }

    @Override
    public int raiseStartedPeriods(Instant now) {
        return alerts.raiseStartedPeriods(now);
    }

    @Override
    public void resend(String id, List<String> channels, Instant now) {
        alerts.committed(database.write(() -> {
            if (sent.find(id).isEmpty()) {
                throw missing("event", id);
            }
            List<String> resent = database.sql()
                    .sql(RESEND)
                    .param("id", id)
                    .param("channels", Texts.keys(channels))
                    .param("now", Micros.of(now))
                    .query(String.class)
                    .list();
            var unknown = new ArrayList<>(channels);
            unknown.removeAll(resent);
            if (!unknown.isEmpty()) {
                throw Refusal.invalid("the event has no delivery to the channel, or the channel is deleted: "
                        + Refusal.quote(String.join(", ", unknown)));
            }
            return resent.size();
        }));
    }

    @Override
    public int removeOlderThan(Instant before, int limit) {
        return database.removeOlderThan(REMOVE_OLD, before, limit);
    }
}
