package dev.odometer.postgres.notification;

import dev.odometer.metering.notification.Alert;
import dev.odometer.metering.notification.Notification;
import dev.odometer.metering.notification.PayloadWriter;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.Micros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes notifications to the outbox, each once by its key, in the caller's transaction and in one statement. */
public final class RaisedNotifications {

    // The insert of the keys decides which alerts are new, and waits for a concurrent transaction with the same key. As
    // one statement, it takes one round trip for all alerts whose payloads fit into it, and nothing is written without
    // its key. Deleted channels get no delivery.
    private static final String RAISE = """
            with wanted as (
                select * from unnest(:ids::text[], :keys::bytea[], :ruleIds::text[], :rules::text[],
                    :featureIds::text[], :featureKeys::text[], :subjects::text[], :payloads::text[], :createdAt::bigint[])
                    as w (id, key, rule_id, rule, feature_id, feature_key, subject, payload, created_at)
            ), new_key as (
                insert into notification_told select key from wanted where key is not null
                on conflict (key) do nothing
                returning key
            ), raised as (
                insert into notification (id, rule_id, rule, feature_id, feature_key, subject, payload, created_at)
                select id, rule_id, rule, feature_id, feature_key, subject, payload, created_at
                from wanted where key is null or key in (select key from new_key)
                returning id, created_at
            ), sent as (
                insert into notification_delivery (notification_id, channel_id, state, due_at, ready_at, since, tries)
                select r.id, c.id, 'PENDING', r.created_at, r.created_at, r.created_at, 0
                from raised r
                    join unnest(:sentIds::text[], :channels::text[]) as s (id, channel) on s.id = r.id
                    join notification_channel c on c.id = s.channel and c.deleted_at is null
            )
            select count(*) from raised
            """;

    /** The characters of payloads after which a statement is sent, to bound the memory. Invoices can be large. */
    private static final int MAX_CHARACTERS = 4_000_000;

    private final Database database;
    private final Supplier<String> ids;
    private final Supplier<PayloadWriter> payloads;

    public RaisedNotifications(Database database, Supplier<String> ids, Supplier<PayloadWriter> payloads) {
        this.database = database;
        this.ids = ids;
        this.payloads = payloads;
    }

    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    private record Row(Notification notification, byte @Nullable [] key, String payload) {

        static Row of(Notification notification, byte @Nullable [] key) {
            return new Row(notification, key, DataJson.write(notification.payload()));
        }
    }

    /** Returns the number of alerts that were new: another transaction may have raised some of them first. */
    int raise(List<Alert> alerts, Instant now) {
        var digest = new Digest();
        // In the order of the keys, so that concurrent transactions with the same alerts wait for each other instead of
        // deadlocking.
        var byKey = new TreeMap<byte[], Alert>(Arrays::compareUnsigned);
        for (Alert alert : alerts) {
            byKey.putIfAbsent(PostgresRuleFacts.digest(digest, alert.key()), alert);
        }
        int count = 0;
        int characters = 0;
        var rows = new ArrayList<Row>();
        for (Map.Entry<byte[], Alert> alert : byKey.entrySet()) {
            Row row = Row.of(Notification.of(ids.get(), now, alert.getValue(), payloads.get()), alert.getKey());
            rows.add(row);
            characters += row.payload().length();
            if (characters > MAX_CHARACTERS) {
                count += insert(rows);
                rows.clear();
                characters = 0;
            }
        }
        return count + insert(rows);
    }

    /** Writes a requested notification (a test), which has no key and is never a duplicate. */
    int raise(Notification notification) {
        return insert(List.of(Row.of(notification, null)));
    }

    private int insert(Collection<Row> rows) {
        if (rows.isEmpty()) {
            return 0;
        }
        List<Notification> all = rows.stream().map(Row::notification).toList();
        var sentIds = new ArrayList<String>();
        var channels = new ArrayList<String>();
        for (Notification one : all) {
            one.rule().channels().forEach(channel -> {
                sentIds.add(one.id());
                channels.add(channel);
            });
        }
        return database.sql()
                .sql(RAISE)
                .param("ids", texts(all.stream().map(Notification::id).toList()))
                .param("keys", rows.stream().map(Row::key).toArray(byte[][]::new))
                .param("ruleIds", texts(all.stream().map(n -> n.rule().id()).toList()))
                .param(
                        "rules",
                        texts(all.stream().map(n -> StoredRule.write(n.rule())).toList()))
                .param("featureIds", nullableTexts(all, n -> n.topic().featureId()))
                .param("featureKeys", nullableTexts(all, n -> n.topic().featureKey()))
                .param("subjects", nullableTexts(all, n -> n.topic().subject()))
                .param("payloads", texts(rows.stream().map(Row::payload).toList()))
                .param(
                        "createdAt",
                        all.stream().map(n -> Micros.of(n.createdAt())).toArray(Long[]::new))
                .param("sentIds", texts(sentIds))
                .param("channels", texts(channels))
                .query(Integer.class)
                .single();
    }

    private static String[] texts(List<String> all) {
        return all.toArray(String[]::new);
    }

    private static @Nullable String[] nullableTexts(
            List<Notification> all, Function<Notification, @Nullable String> text) {
        return all.stream().map(text).toArray(String[]::new);
    }
}
