package dev.odometer.postgres.query;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.UsageRow;
import dev.odometer.metering.usage.Window;
import dev.odometer.metering.usage.WindowSize;
import dev.odometer.postgres.archive.ArchivedEvents;
import dev.odometer.postgres.delta.DeltaSources;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Texts;
import dev.odometer.postgres.plan.MicrosRange;
import dev.odometer.postgres.plan.RollupPlan;
import dev.odometer.postgres.plan.WindowKeys;
import dev.odometer.postgres.rollup.LiveMeter;
import dev.odometer.postgres.rollup.Merge;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs one usage query within one snapshot: rollups for most of the range, deltas in addition, and events at the edges.
 * Series, events and rollups are read by several statements, which are consistent only because of the snapshot.
 */
public final class RollupQuery {

    // The longest month, in microseconds.
    private static final long MAX_BUCKET_LENGTH = 31 * 86_400 * Micros.SECOND;
    private static final String SUMS = """
            sum(e.count)::bigint as count, %s as amount, min(e.first_at) as first_at, max(e.last_at) as last_at
            """;
    // Events that are not in their table are in the rollups: archived ones, and those that an engine has counted. The
    // rows of deltas are as few as the partitions.
    private static final String USED_RANGE = """
            select least((select min(happened_at) from usage_event), a.first_at, d.first) as first,
                greatest((select max(happened_at) from usage_event), a.last_at, d.last) as last
            from archive_range a, (select min(first_at) as first, max(last_at) as last from delta_source) d
            """;
    private static final String DISTINCT = "count(distinct e.value) as number";
    /** Rows per fetch. Without it, the driver would load all series of the meter into memory. */
    private static final int FETCH = 2000;

    private final Database database;
    private final LiveMeter meter;
    private final UsageQuery query;
    private final Groups groups;
    private final EventTotals events;
    private final int maxRows;
    private long answerBytes;

    /** Where a query reads. */
    public record Source(Database database, ArchivedEvents archive) {}

    /** @param maxRows also bounds the groups in memory */
    public RollupQuery(Source source, LiveMeter meter, UsageQuery query, int maxRows) {
        this.database = source.database();
        this.meter = meter;
        this.query = query;
        this.groups = new Groups(query, maxRows);
        this.events = new EventTotals(database, source.archive());
        this.maxRows = maxRows;
    }

    /** The key of a row in both statements. */
    private record Key(int group, long segment, long start) {}

    /** @throws dev.odometer.functions.refusal.Refusal INVALID when there are more than the maximum of rows */
    public List<UsageRow> rows() {
        MicrosRange range = range();
        Optional<MicrosRange> usedRange = range.from() >= range.to() ? Optional.empty() : usedRange(range);
        List<UsageRow> rows = usedRange.isEmpty() ? new ArrayList<>() : rows(range, usedRange.get());
        if (rows.isEmpty()
                && query.windowSize() == null
                && query.isUngrouped()
                && query.meter().aggregation().countsNothingAsZero()) {
            rows.add(new UsageRow(
                    new Window(Instant.EPOCH, Instant.EPOCH.plusSeconds(60)), BigDecimal.ZERO, null, null, Map.of()));
        }
        rows.sort(UsageRow.ORDER);
        return rows;
    }

    private MicrosRange range() {
        MicrosRange requested = MicrosRange.of(query.range());
        Instant floor = query.meter().eventFrom();
        return floor == null
                ? requested
                : new MicrosRange(Math.max(requested.from(), Micros.of(floor)), requested.to());
    }

    /**
     * The part of the range that contains events, extended by the longest window before them. Only queries with windows
     * need it.
     */
    private Optional<MicrosRange> usedRange(MicrosRange range) {
        if (query.windowSize() == null) {
            return Optional.of(range);
        }
        // Reads both ends of the index on time. Without them, a range without bounds would have windows since the year
        // 0.
        return database.sql()
                .sql(USED_RANGE)
                .query((row, n) -> {
                    long from = Math.max(range.from(), row.getLong("first") - MAX_BUCKET_LENGTH);
                    long to = Math.min(range.to(), row.getLong("last") + 1);
                    return row.wasNull() || from >= to
                            ? Optional.<MicrosRange>empty()
                            : Optional.of(new MicrosRange(from, to));
                })
                .single();
    }

    private List<UsageRow> rows(MicrosRange range, MicrosRange usedRange) {
        WindowSize size = query.windowSize();
        RollupPlan plan = size == null ? RollupPlan.of(range) : RollupPlan.of(range, usedRange, size, query.zone());
        readEvents(plan, range);
        var sql = new RowsSql(plan, size, events);
        if (size != null) {
            WindowKeys keys = WindowKeys.of(size, query.zone(), usedRange);
            sql.put("cuts", keys.cuts());
            sql.put("offsets", keys.offsets());
        }
        Merge merge = Merge.of(query.meter().aggregation());
        sql.put("kind", merge.name());
        // One more, to detect that there are too many.
        sql.put("limit", maxRows + 1L);
        selectSeries(sql);
        var distinct = new HashMap<Key, Long>();
        if (query.meter().aggregation() == Aggregation.UNIQUE_COUNT) {
            sql.run(database, Columns.TEXTS, DISTINCT, row -> distinct.put(key(row), row.getLong("number")));
            checkRows(distinct.size());
        }
        var rows = new ArrayList<UsageRow>();
        sql.run(database, Columns.READINGS, SUMS.formatted(merge.aggregate), row -> rows.add(row(row, distinct)));
        checkRows(rows.size());
        return rows;
    }

    private void checkRows(int count) {
        if (count > maxRows) {
            throw UsageLog.tooManyRows(maxRows);
        }
    }

    private void readEvents(RollupPlan plan, MicrosRange range) {
        for (MicrosRange raw : plan.raw()) {
            DeltaSources.requireEvents(
                    database, raw.from(), raw.to(), "use a range that begins and ends at whole minutes");
            events.read(meter, raw, subjects(), this::keys);
        }
        events.readBacklog(
                meter,
                range,
                new EventTotals.Backlogged(subjects(), false),
                (event, values) -> plan.covers(event.happenedAt()) ? keys(event, values) : List.of());
    }

    private List<EventTotals.Key> keys(StoredEvent event, List<String> values) {
        int group = groups.numberOf(event.event().subject(), values);
        if (group < 0) {
            return List.of();
        }
        // Each group and window of an event is a row.
        checkRows(events.size());
        if (groups.areTooMany()) {
            throw groups.tooMany();
        }
        WindowSize size = query.windowSize();
        long window = size == null
                ? 0
                : size.containing(event.event().happenedAt(), query.zone())
                        .start()
                        .getEpochSecond();
        return List.of(new EventTotals.Key(group, window));
    }

    private @Nullable Collection<String> subjects() {
        if (query.subjects() != null) {
            return query.subjects();
        }
        return query.attribution() == null ? null : query.attribution().keySet();
    }

    /** Selects the series of the query and their groups. They need not be read if all of them form one group. */
    private void selectSeries(RowsSql sql) {
        sql.put("rollup", meter.rollup());
        if (groups.isTrivial()) {
            groups.numberOf("", List.of());
            return;
        }
        var conditions = new ValueConditions(meter.reader().meter(), query.filters());
        conditions.parameters().forEach(sql::put);
        // The series of the whole history may form more groups than there is memory for. Usually few of them have
        // readings in the range, but finding those reads the rollups once more.
        int ofEvents = groups.size();
        if (!isSelected(sql, conditions.sql())) {
            groups.truncate(ofEvents);
            if (!isSelected(sql, conditions.sql() + " and id in (" + sql.activeSeries() + ")")) {
                throw groups.tooMany();
            }
        }
    }

    /** Selects the series; false if they form too many groups. */
    private boolean isSelected(RowsSql sql, String condition) {
        Collection<String> subjects = subjects();
        var series = LongStream.builder();
        var inGroups = IntStream.builder();
        database.sql()
                .sql("select id, subject, groups from series where rollup = :rollup"
                        + (subjects == null ? "" : " and subject = any (:subjects)") + condition)
                .withFetchSize(FETCH)
                .params(sql.values())
                .param("subjects", subjects == null ? null : Texts.keys(subjects))
                .query((ResultSet row) -> {
                    if (groups.areTooMany()) {
                        return;
                    }
                    int group = groups.numberOf(row.getString("subject"), DataJson.list(row.getString("groups")));
                    if (group >= 0) {
                        series.add(row.getLong("id"));
                        inGroups.add(group);
                    }
                });
        if (groups.areTooMany()) {
            return false;
        }
        sql.wanted(series.build().toArray(), inGroups.build().toArray());
        return true;
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(row.getInt("grp"), row.getLong("segment"), row.getLong("start"));
    }

    private UsageRow row(ResultSet row, Map<Key, Long> distinct) throws SQLException {
        Key key = key(row);
        Groups.Group group = groups.get(key.group());
        answerBytes += group.bytes();
        if (groups.isTooLarge(answerBytes)) {
            throw UsageLog.tooLarge();
        }
        // The generated hash code of a record is slow to initialize, which matters for the first query after a cold
        // start. So the lookup is skipped if the map is empty.
        long texts = distinct.isEmpty() ? 0 : distinct.getOrDefault(key, 0L);
        BigDecimal value = query.meter().aggregation().value(row.getLong("count"), row.getBigDecimal("amount"), texts);
        return new UsageRow(window(row), value, group.subject(), group.customer(), group.groupBy());
    }

    private Window window(ResultSet row) throws SQLException {
        WindowSize size = query.windowSize();
        if (size != null) {
            return size.containing(Instant.ofEpochSecond(row.getLong("at")), query.zone());
        }
        return new Window(
                minute(row.getLong("first_at")).start(),
                minute(row.getLong("last_at")).end());
    }

    private static Window minute(long micros) {
        return WindowSize.MINUTE.containing(Micros.toInstant(micros), ZoneOffset.UTC);
    }
}
