package dev.odometer.postgres.query;

import dev.odometer.metering.usage.Range;
import dev.odometer.postgres.archive.ArchivedEvents;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.plan.MicrosRange;
import dev.odometer.postgres.rollup.LiveMeter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The subjects of a meter in parts: those of its series, which an index has in order, and those of events that the
 * backfill of the meter has not reached yet.
 */
public final class MeterSubjects {

    private static final String OF_SERIES =
            "(select distinct subject from series where rollup = :rollup%1$s order by subject desc limit :limit)";
    private static final String OF_BACKLOG = "(select distinct subject from " + StoredEvent.TABLE + EventTotals.OF_RANGE
            + EventTotals.BACKLOG + "%1$s order by subject desc limit :limit)";
    private static final String BEFORE = " and subject < :before";

    private final Database database;
    private final LiveMeter meter;

    public MeterSubjects(Database database, LiveMeter meter) {
        this.database = database;
        this.meter = meter;
    }

    /** Implements {@link dev.odometer.metering.usage.UsageLog#subjectsBefore}. */
    public List<String> before(@Nullable String before, Range range, int limit) {
        LiveMeter.Backlog backlog = meter.backfill();
        String sql = backlog == null ? OF_SERIES : OF_SERIES + " union " + OF_BACKLOG;
        StatementSpec subjects = database.sql()
                .sql("select subject from (" + sql.formatted(before == null ? "" : BEFORE)
                        + ") s order by subject desc limit :limit")
                .param("rollup", meter.rollup())
                .param("before", before)
                .param("limit", limit);
        if (backlog != null) {
            if (meter.hasArchive()) {
                var span = new ArchivedEvents.Span(
                        MicrosRange.of(range).from(), MicrosRange.of(range).to());
                ArchivedEvents.requireCounted(database, backlog.reached(), backlog.upTo(), span);
            }
            subjects = EventTotals.inRange(subjects, meter, MicrosRange.of(range));
            subjects = EventTotals.inBacklog(subjects, backlog);
        }
        return subjects.query(String.class).list();
    }
}
