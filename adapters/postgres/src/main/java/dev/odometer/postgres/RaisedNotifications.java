package dev.odometer.postgres;

import dev.odometer.notification.Notification;
import dev.odometer.notification.Occasion;
import dev.odometer.notification.Rule;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.Micros;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Puts notifications into the outbox, each once by its key, in the caller's transaction and in one statement. */
final class RaisedNotifications {

    private static final String RAISE = """
            with wanted as (
                select * from unnest(:ids::text[], :keys::bytea[], :ruleIds::text[], :rules::text[],
                    :featureIds::text[], :featureKeys::text[], :subjects::text[], :payloads::text[], :createdAt::bigint[])
                    as w (id, key, rule_id, rule, feature_id, feature_key, subject, payload, created_at)
            ), told as (
                insert into notification_told select key from wanted where key is not null
                on conflict (key) do nothing
                returning key
            ), raised as (
                insert into notification (id, rule_id, rule, feature_id, feature_key, subject, payload, created_at)
                select id, rule_id, rule, feature_id, feature_key, subject, payload, created_at
                from wanted where key is null or key in (select key from told)
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

    private final Database database;
    private final Supplier<String> ids;

    RaisedNotifications(Database database, Supplier<String> ids) {
        this.database = database;
        this.ids = ids;
    }

    /** What a rule noticed. */
    record Noticed(Rule rule, Occasion occasion) {

        byte[] key(Digest digest) {
            return key(digest, rule, occasion.key());
        }

        static byte[] key(Digest digest, Rule rule, List<String> occasion) {
            return digest.of(rule.id(), occasion.toArray(String[]::new));
        }
    }

    /** Those of which nobody was told so far. */
    <T> List<T> untold(List<T> all, Function<T, byte[]> key) {
        if (all.isEmpty()) {
            return all;
        }
        List<ByteBuffer> keys = all.stream().map(key).map(ByteBuffer::wrap).toList();
        Set<ByteBuffer> told = database.sql()
                .sql("select key from notification_told where key = any (:keys)")
                .param("keys", keys.stream().map(ByteBuffer::array).toArray(byte[][]::new))
                .query((row, n) -> ByteBuffer.wrap(row.getBytes("key")))
                .set();
        return IntStream.range(0, keys.size())
                .filter(i -> !told.contains(keys.get(i)))
                .mapToObj(all::get)
                .toList();
    }

    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    private record Row(Notification notification, byte @Nullable [] key) {}

    /** How many of them were not raised before. */
    int raise(List<Noticed> noticed, Instant now) {
        var digest = new Digest();
        // In the order of the keys, so that whoever notices the same waits instead of dying.
        var rows = new TreeMap<byte[], Row>(Arrays::compareUnsigned);
        for (Noticed one : untold(noticed, one -> one.key(digest))) {
            rows.computeIfAbsent(
                    one.key(digest), key -> new Row(one.occasion().notification(ids.get(), one.rule(), now), key));
        }
        return insert(rows.values());
    }

    /** One that somebody asked for, which is like no other. */
    void raise(Notification notification) {
        insert(List.of(new Row(notification, null)));
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
                .param("featureIds", maybe(all, n -> n.featureId().orElse(null)))
                .param("featureKeys", maybe(all, n -> n.featureKey().orElse(null)))
                .param("subjects", maybe(all, n -> n.subject().orElse(null)))
                .param(
                        "payloads",
                        texts(all.stream().map(n -> DataJson.write(n.payload())).toList()))
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

    private static @Nullable String[] maybe(List<Notification> all, Function<Notification, @Nullable String> text) {
        return all.stream().map(text).toArray(String[]::new);
    }
}
