package dev.odometer.postgres.usage;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.filter.TextOrder;
import dev.odometer.metering.filter.TimeFilter;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.RecordedEvent;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.UsageRow;
import dev.odometer.postgres.archive.ArchivedEvents;
import dev.odometer.postgres.delta.DeltaSources;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.Conditions;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.query.MeterSubjects;
import dev.odometer.postgres.query.RollupQuery;
import dev.odometer.postgres.rollup.LiveMeter;
import dev.odometer.postgres.rollup.Rollups;
import dev.odometer.postgres.rollup.StoredMeter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The usage log in PostgreSQL. Concurrent appends share transactions; each query reads one snapshot. */
public final class PostgresUsageLog implements UsageLog {

    /** The data of the events before the last one of a page. Objects take several times as much. */
    private static final int MAX_PAGE_BYTES = 10_000_000;

    /** A page without the data of events that are too many bytes together. The lengths are read without the data. */
    private static final String PAGE = """
            select source, id, type, subject, happened_at, position, recorded_at, datacontenttype, dataschema,
                   bytes_before, case when bytes_before <= :maxBytes then data end as data
              from (select *, coalesce(sum(octet_length(data)) over (order by happened_at desc, position desc
                                  rows between unbounded preceding and 1 preceding), 0) as bytes_before
                      from (select * from %s%s order by happened_at desc, position desc limit :limit) page
                   ) measured
             order by happened_at desc, position desc
            """;

    private final Database database;
    private final Rollups rollups;
    private final AppendQueue queue;
    private final ArchivedEvents archive;

    public PostgresUsageLog(Database database, Rollups rollups, AppendQueue queue, ArchivedEvents archive) {
        this.database = database;
        this.archive = archive;
        this.rollups = rollups;
        this.queue = queue;
    }

    @Override
    public List<Receipt> append(List<UsageEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        List<Receipt> receipts = queue.append(events);
        rollups.foldIfDue();
        return receipts;
    }

    private record Answer(List<UsageRow> rows, long unfolded) {}

    @Override
    public List<UsageRow> query(UsageQuery query, int maxRows) {
        var source = new RollupQuery.Source(database, archive);
        Answer answer = database.readLong(() -> {
            LiveMeter live = StoredMeter.live(database, query.meter().id()).orElseThrow(() -> missing(query.meter()));
            return new Answer(new RollupQuery(source, live, query, maxRows).rows(), rollups.unfolded());
        });
        rollups.afterQuery(answer.unfolded());
        return answer.rows();
    }

    private static Refusal missing(Meter meter) {
        return Refusal.notFound("meter not found: " + meter.slug());
    }

    @Override
    public List<RecordedEvent> list(EventSearch search) {
        var conditions = new Conditions();
        conditions.text("id", search.id());
        conditions.text("source", search.source());
        conditions.text("type", search.type());
        conditions.text("subject", search.subject());
        conditions.time("happened_at", search.time());
        conditions.time("recorded_at", search.recordedAt());
        if (search.subjects() != null) {
            conditions.text("subject", dev.odometer.metering.filter.TextFilter.in(List.copyOf(search.subjects())));
        }
        if (search.after() != null) {
            // A keyset: the page continues in the index, whatever was stored since the previous page.
            conditions.add("(happened_at, position) < ("
                    + conditions.parameter(Micros.of(search.after().time())) + ", "
                    + conditions.parameter(search.after().position()) + ")");
        }
        return database.readLong(() -> {
            requireEvents(search.time());
            List<RecordedEvent> page = database.sql()
                    .sql(PAGE.formatted(StoredEvent.TABLE, conditions.where()))
                    .params(conditions.parameters())
                    .param("limit", search.limit())
                    .param("maxBytes", MAX_PAGE_BYTES)
                    .query((row, n) -> listed(row))
                    .list();
            if (page.isEmpty()) {
                latest(search).ifPresent(time -> ArchivedEvents.requireNotArchived(database, time));
            }
            return page;
        });
    }

    /** The time after which the search has no events. */
    private static Optional<Instant> latest(EventSearch search) {
        return Stream.concat(
                        Stream.ofNullable(search.time()).flatMap(time -> time.latest().stream()),
                        Stream.ofNullable(search.after()).map(EventSearch.Cursor::time))
                .min(Comparator.naturalOrder());
    }

    private void requireEvents(@Nullable TimeFilter time) {
        DeltaSources.requireEvents(
                database,
                time == null ? Long.MIN_VALUE : from(time),
                time == null
                        ? Long.MAX_VALUE
                        : time.latest().map(latest -> Micros.of(latest) + 1).orElse(Long.MAX_VALUE),
                "list a range of time without them");
    }

    /** The earliest time that can match the filter, in microseconds. */
    private static long from(TimeFilter filter) {
        return switch (filter.op()) {
            case GT, GTE -> Micros.of(Objects.requireNonNull(filter.value()));
            case LT, LTE -> Long.MIN_VALUE;
            case ALL -> bounds(filter).max().orElse(Long.MIN_VALUE);
            case ANY -> bounds(filter).min().orElse(Long.MIN_VALUE);
        };
    }

    private static LongStream bounds(TimeFilter filter) {
        return filter.parts().stream().mapToLong(PostgresUsageLog::from);
    }

    private static RecordedEvent listed(ResultSet row) throws SQLException {
        if (row.getLong("bytes_before") > MAX_PAGE_BYTES) {
            throw Refusal.invalid("the events of this page have more than " + MAX_PAGE_BYTES + " bytes of data; use a"
                    + " smaller limit");
        }
        return StoredEvent.of(row).recorded();
    }

    @Override
    public List<String> subjects(Meter meter, Range range, int maximum) {
        return query(rows(meter, range, true, List.of()), maximum).stream()
                .map(UsageRow::subject)
                .filter(Objects::nonNull)
                .sorted(TextOrder::compare)
                .toList();
    }

    @Override
    public List<String> subjectsBefore(Meter meter, Range range, @Nullable String before, int limit) {
        return database.readLong(() -> StoredMeter.live(database, meter.id())
                .map(live -> new MeterSubjects(database, live).before(before, range, limit))
                .orElseThrow(() -> missing(meter)));
    }

    @Override
    public List<String> groupValues(Meter meter, String key, Range range, int maximum) {
        return query(rows(meter, range, false, List.of(key)), maximum).stream()
                .map(row -> row.groupBy().getOrDefault(key, ""))
                .sorted(TextOrder::compare)
                .toList();
    }

    @Override
    public List<EventCount> countBySubject(Instant from, int limit) {
        return database.readLong(() -> {
            DeltaSources.requireEvents(database, Micros.of(from), Long.MAX_VALUE, "query a meter");
            return database.sql()
                    .sql("select subject, count(*) as events from usage_event where happened_at >= :from"
                            + " group by subject order by events desc, subject limit :limit")
                    .param("from", Micros.of(from))
                    .param("limit", limit)
                    .query((row, n) -> new EventCount(row.getString("subject"), row.getLong("events")))
                    .list();
        });
    }

    private static UsageQuery rows(Meter meter, Range range, boolean bySubject, List<String> groupBy) {
        return new UsageQuery(meter, range, null, ZoneOffset.UTC, null, null, bySubject, false, groupBy, Map.of());
    }
}
