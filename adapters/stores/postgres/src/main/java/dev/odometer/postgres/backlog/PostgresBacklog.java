package dev.odometer.postgres.backlog;

import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the backlog in one statement, whose work is bounded: it counts at most 10,000 rows of each kind and channel. */
public final class PostgresBacklog {

    private static final int MAX_ROWS = 10_000;

    /**
     * The deliveries are read per channel, since their index begins with the channel. Those of disabled channels do not
     * wait for anything.
     */
    private static final String READ = """
            select
                (select count(*) from (select from parked_item limit :most) p) as dead_letters,
                d.waiting, %1$s - d.due_at as overdue,
                r.entries + s.entries as unfolded, %1$s - least(r.written_at, s.written_at) as unfolded_age
            from (
                select coalesce(sum(c.waiting), 0) as waiting, min(c.due_at) as due_at
                from notification_channel n cross join lateral (
                    select count(*) as waiting, min(ready_at) as due_at from (
                        select ready_at from notification_delivery
                        where channel_id = n.id and ready_at is not null order by ready_at limit :most) o) c
                where not n.disabled) d,
                (select coalesce(sum(entries), 0) as entries, min(written_at) as written_at
                    from (select entries, written_at from rollup_delta order by id limit :most) o) r,
                (select coalesce(sum(entries), 0) as entries, min(written_at) as written_at
                    from (select entries, written_at from distinct_delta order by id limit :most) o) s
            """.formatted(Micros.NOW);

    private final Database database;

    public PostgresBacklog(Database database) {
        this.database = database;
    }

    /**
     * What waits.
     *
     * @param deadLetters the stored dead letters
     * @param deliveries the deliveries of notifications to enabled channels that wait for an attempt or a retry
     * @param overdueMicros the time since the earliest of them became due; 0 if none is due
     * @param unfolded the entries that queries read in addition to the rollups
     * @param unfoldedMicros the time since the oldest of them was written; 0 without entries
     */
    public record Backlog(long deadLetters, long deliveries, long overdueMicros, long unfolded, long unfoldedMicros) {}

    public Backlog read() {
        return database.read(() -> database.sql()
                .sql(READ)
                .param("most", MAX_ROWS)
                .query((row, n) -> backlog(row))
                .single());
    }

    /** An age is absent without rows, and negative for a time in the future: then nothing waits. */
    private static Backlog backlog(ResultSet row) throws SQLException {
        return new Backlog(
                row.getLong("dead_letters"),
                row.getLong("waiting"),
                Math.max(0, row.getLong("overdue")),
                row.getLong("unfolded"),
                Math.max(0, row.getLong("unfolded_age")));
    }
}
