package dev.odometer.postgres.query;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.UsageRow;
import dev.odometer.metering.usage.Window;
import dev.odometer.metering.usage.WindowSize;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
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
 * Answers one question, inside one snapshot: rollups for most of the range, deltas on top, events at the edges. The
 * snapshot is what makes it right that series, events and rollups are read by statements of their own.
 */
public final class RollupQuery {

    private static final long MAX_BUCKET_LENGTH = 31 * 86_400 * Micros.SECOND;
    private static final String SUMS = """
            sum(e.count)::bigint as count, %s as amount, min(e.first_at) as first_at, max(e.last_at) as last_at
            """;
    private static final String DISTINCT = "count(distinct e.value) as number";

    private final Database database;
    private final LiveMeter meter;
    private final UsageQuery query;
    private final Groups groups;
    private final EventTotals events;

    public RollupQuery(Database database, LiveMeter meter, UsageQuery query) {
        this.database = database;
        this.meter = meter;
        this.query = query;
        this.groups = new Groups(query);
        this.events = new EventTotals(database);
    }

    /** What identifies a row in both statements. */
    private record Key(int group, long segment, long start) {}

    public List<UsageRow> rows() {
        MicrosRange stretch = stretch();
        Optional<MicrosRange> used = stretch.from() >= stretch.to() ? Optional.empty() : used(stretch);
        List<UsageRow> rows = used.isEmpty() ? new ArrayList<>() : rows(stretch, used.get());
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

    private MicrosRange stretch() {
        MicrosRange asked = MicrosRange.of(query.range());
        Instant floor = query.meter().eventFrom();
        return floor == null ? asked : new MicrosRange(Math.max(asked.from(), Micros.of(floor)), asked.to());
    }

    /** The part of the stretch that has buckets with events, which begin before them; only windows need to know. */
    private Optional<MicrosRange> used(MicrosRange stretch) {
        if (query.windowSize() == null) {
            return Optional.of(stretch);
        }
        // Both ends of the index on time: without them a range without bounds would have windows since the year 0.
        return database.sql()
                .sql("select min(happened_at) as first, max(happened_at) as last from usage_event")
                .query((row, n) -> {
                    long from = Math.max(stretch.from(), row.getLong("first") - MAX_BUCKET_LENGTH);
                    long to = Math.min(stretch.to(), row.getLong("last") + 1);
                    return row.wasNull() || from >= to
                            ? Optional.<MicrosRange>empty()
                            : Optional.of(new MicrosRange(from, to));
                })
                .single();
    }

    private List<UsageRow> rows(MicrosRange stretch, MicrosRange used) {
        WindowSize size = query.windowSize();
        RollupPlan coverage = size == null ? RollupPlan.of(stretch) : RollupPlan.of(stretch, used, size, query.zone());
        readEvents(coverage, stretch);
        var sql = new RowsSql(coverage, size, events);
        if (size != null) {
            WindowKeys keys = WindowKeys.of(size, query.zone(), used);
            sql.put("cuts", keys.cuts());
            sql.put("offsets", keys.offsets());
        }
        Merge merge = Merge.of(query.meter().aggregation());
        sql.put("kind", merge.name());
        want(sql);
        var distinct = new HashMap<Key, Long>();
        if (query.meter().aggregation() == Aggregation.UNIQUE_COUNT) {
            sql.run(database, Columns.TEXTS, DISTINCT, row -> distinct.put(key(row), row.getLong("number")));
        }
        var rows = new ArrayList<UsageRow>();
        sql.run(database, Columns.READINGS, SUMS.formatted(merge.aggregate), row -> rows.add(row(row, distinct)));
        return rows;
    }

    private void readEvents(RollupPlan coverage, MicrosRange stretch) {
        for (MicrosRange raw : coverage.raw()) {
            events.read(meter, raw, subjects(), this::keys);
        }
        events.readBacklog(
                meter,
                stretch,
                subjects(),
                (event, values) -> coverage.covers(event.happenedAt()) ? keys(event, values) : List.of());
    }

    private List<EventTotals.Key> keys(StoredEvent event, List<String> values) {
        int group = groups.numberOf(event.event().subject(), values);
        if (group < 0) {
            return List.of();
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

    /** Has the statement read the series asked about, in their groups; all in one group need not be looked up. */
    private void want(RowsSql sql) {
        sql.put("rollup", meter.rollup());
        if (groups.isTrivial()) {
            groups.numberOf("", List.of());
            return;
        }
        Collection<String> subjects = subjects();
        var series = LongStream.builder();
        var inGroups = IntStream.builder();
        database.sql()
                .sql("select id, subject, groups from series where rollup = :rollup"
                        + (subjects == null ? "" : " and subject = any (:subjects)"))
                .param("rollup", meter.rollup())
                .param("subjects", subjects == null ? null : Database.texts(subjects))
                .query((ResultSet row) -> {
                    int group = groups.numberOf(row.getString("subject"), DataJson.list(row.getString("groups")));
                    if (group >= 0) {
                        series.add(row.getLong("id"));
                        inGroups.add(group);
                    }
                });
        sql.want(series.build().toArray(), inGroups.build().toArray());
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(row.getInt("grp"), row.getLong("segment"), row.getLong("start"));
    }

    private UsageRow row(ResultSet row, Map<Key, Long> distinct) throws SQLException {
        Key key = key(row);
        Groups.Group group = groups.get(key.group());
        // A record's own hash is slow at the first query of a cold start: it is not asked for where it is not needed.
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
