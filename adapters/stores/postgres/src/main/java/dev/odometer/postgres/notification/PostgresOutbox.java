package dev.odometer.postgres.notification;

import dev.odometer.metering.notification.Attempt;
import dev.odometer.metering.notification.Outbox;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The outbox in PostgreSQL. Concurrent takers skip each other's locked rows. The token of a lease proves that it has
 * not expired and been taken by another process.
 */
public final class PostgresOutbox implements Outbox {

    /**
     * Takes due deliveries with a lease, oldest first. The lateral subquery reads at most {@code perChannel} rows of
     * each channel by the index on (channel, ready_at), so that a channel with a large backlog does not delay the
     * others.
     */
    private static final String TAKE = """
            with due as (
                select d.notification_id, d.channel_id
                from notification_channel c cross join lateral (
                    select notification_id, channel_id, ready_at from notification_delivery
                    where channel_id = c.id and ready_at <= :now
                    order by ready_at, notification_id limit :perChannel
                    for update skip locked) d
                where not c.disabled and c.id <> all (:busy)
                order by d.ready_at, d.notification_id limit :all
            ), taken as (
                update notification_delivery d set ready_at = :until, lease = :lease
                from due where d.notification_id = due.notification_id and d.channel_id = due.channel_id
                returning d.notification_id, d.channel_id, d.tries, d.since
            )
            select n.*, t.tries, t.since, %s
            from taken t join notification n on n.id = t.notification_id join notification_channel c on c.id = t.channel_id
            order by t.since, n.id
            """.formatted(StoredChannel.COLUMNS);
    /**
     * Records an attempt even if the lease is lost. It selects from the delivery, so that nothing is inserted if the
     * notification was deleted meanwhile.
     */
    private static final String INSERT_ATTEMPT = """
            insert into notification_attempt (notification_id, channel_id, succeeded, at, status_code, body, took_millis, url)
            select notification_id, channel_id, :succeeded, :at, :status, :body, :took, :url
            from notification_delivery where notification_id = :id and channel_id = :channel
            """;
    // Changes nothing if the lease has expired and another process has taken the delivery.
    private static final String SETTLE = """
            update notification_delivery
            set state = :state, reason = :reason, due_at = :due, ready_at = :due, lease = null, tries = tries + 1
            where notification_id = :id and channel_id = :channel and lease = :lease
            """;
    private static final String DISABLE =
            "update notification_channel set disabled = true, updated_at = :at where id = :channel and not disabled";
    // Joined with the channels, since the index begins with the channel.
    private static final String RESET = """
            update notification_delivery d set ready_at = :now, due_at = :now
            from notification_channel c where d.channel_id = c.id and d.ready_at > :latest
            """;
    // The minimum is read per channel, since the index begins with the channel.
    private static final String NEXT = """
            select min(d.ready_at) from notification_channel c cross join lateral (
                select min(ready_at) as ready_at from notification_delivery
                where channel_id = c.id and ready_at is not null) d
            where not c.disabled
            """;

    private final Database database;

    public PostgresOutbox(Database database) {
        this.database = database;
    }

    @Override
    public List<Due> take(Instant now, Duration lease, Collection<String> busy, Limits most) {
        String token = UUID.randomUUID().toString();
        return database.write(() -> database.sql()
                .sql(TAKE)
                .param("now", Micros.of(now))
                .param("until", Micros.of(now.plus(lease)))
                .param("lease", token)
                .param("busy", Texts.keys(busy))
                .param("perChannel", most.perChannel())
                .param("all", most.all())
                .query((row, n) -> due(row, token))
                .list());
    }

    private static Due due(ResultSet row, String lease) throws SQLException {
        return new Due(
                SentNotifications.notification(row),
                StoredChannel.of(row),
                row.getInt("tries"),
                Micros.toInstant(row.getLong("since")),
                lease);
    }

    @Override
    public void settle(Due due, Attempt attempt, Next next) {
        database.write(() -> {
            boolean isOwner = database.sql()
                            .sql(SETTLE)
                            .param("id", due.notification().id())
                            .param("channel", due.channel().id())
                            .param("lease", due.lease())
                            .param("state", next.state().name())
                            .param("reason", next.reason() == null ? null : Texts.storable(next.reason()))
                            .param("due", Micros.ofNullable(next.at()))
                            .update()
                    == 1;
            insertAttempt(due, attempt);
            return isOwner && next.disablesChannel() && disable(due, attempt);
        });
    }

    private void insertAttempt(Due due, Attempt attempt) {
        database.sql()
                .sql(INSERT_ATTEMPT)
                .param("id", due.notification().id())
                .param("channel", due.channel().id())
                .param("succeeded", attempt.succeeded())
                .param("at", Micros.of(attempt.at()))
                .param("status", attempt.statusCode())
                .param("body", Texts.storable(attempt.body()))
                .param("took", attempt.took().toMillis())
                .param("url", Texts.storable(attempt.url()))
                .update();
    }

    private boolean disable(Due due, Attempt attempt) {
        return database.sql()
                        .sql(DISABLE)
                        .param("channel", due.channel().id())
                        .param("at", Micros.of(attempt.at()))
                        .update()
                == 1;
    }

    @Override
    public int resetDueAfter(Instant latest, Instant now) {
        return database.write(() -> database.sql()
                .sql(RESET)
                .param("latest", Micros.of(latest))
                .param("now", Micros.of(now))
                .update());
    }

    @Override
    public Instant now() {
        return database.now();
    }

    @Override
    public Optional<Instant> nextDue() {
        return database.read(
                () -> database.sql().sql(NEXT).query(Long.class).optional().map(Micros::toInstant));
    }
}
