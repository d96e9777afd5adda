package dev.odometer.postgres.query;

import dev.odometer.meter.Aggregation;
import dev.odometer.meter.Quantity;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.rollup.LiveMeter;
import dev.odometer.postgres.rollup.Merge;
import dev.odometer.usage.UsageQuery;
import dev.odometer.usage.UsageRow;
import dev.odometer.usage.Window;
import dev.odometer.usage.WindowSize;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers one question, inside one snapshot: rollups for most of the range, deltas on top, events at the edges. */
public final class RollupQuery {

    private static final long LONGEST_BUCKET = 31 * 86_400 * Micros.SECOND;
    private static final String COLUMNS = "r.count, r.amount, r.first_at, r.last_at, r.last_position";
    private static final String NAMES = "count, amount, first_at, last_at, last_position";
    private static final String DELTAS = """
            select w.grp, u.minute, u.count, u.amount, u.first_at, u.last_at, u.last_position
            from rollup_delta d, unnest(d.series, d.minute, d.count, d.amount, d.first_at, d.last_at, d.last_position)
                as u (series, minute, count, amount, first_at, last_at, last_position)
                join wanted w on w.series = u.series
            where d.kind = ? and u.minute >= ? and u.minute < ?
            """;
    private static final String RAW =
            "select * from unnest(?::int[], ?::bigint[], ?::bigint[], ?::numeric[], ?::bigint[], ?::bigint[], ?::bigint[])";
    private static final String DISTINCT_DELTAS = """
            select w.grp, u.minute, u.value
            from distinct_delta d, unnest(d.series, d.minute, d.value) as u (series, minute, value)
                join wanted w on w.series = u.series
            where u.minute >= ? and u.minute < ?
            """;
    private static final String DISTINCT_RAW = "select * from unnest(?::int[], ?::bigint[], ?::bytea[])";

    private final Database database;
    private final LiveMeter meter;
    private final UsageQuery query;
    private final Groups groups;
    private final RawReadings raw;

    public RollupQuery(Database database, LiveMeter meter, UsageQuery query) {
        this.database = database;
        this.meter = meter;
        this.query = query;
        this.groups = new Groups(query);
        this.raw = new RawReadings(database, meter, query, groups);
    }

    /** What identifies a row in both statements. */
    private record Key(int group, long segment, long start) {}

    private record Counted(
            Key key, long at, long count, @Nullable BigDecimal amount, long firstAt, long lastAt) {}

    public List<UsageRow> rows() {
        Stretch stretch = stretch();
        Optional<Stretch> used = stretch.from() >= stretch.to() ? Optional.empty() : used(stretch);
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

    private Stretch stretch() {
        Stretch asked = Stretch.of(query.range());
        Instant floor = query.meter().eventFrom();
        return floor == null ? asked : new Stretch(Math.max(asked.from(), Micros.of(floor)), asked.to());
    }

    /** The part of the stretch that has buckets with events, which begin before them; only windows need to know. */
    private Optional<Stretch> used(Stretch stretch) {
        if (query.windowSize() == null) {
            return Optional.of(stretch);
        }
        return database.sql()
                .sql("select min(happened_at) as first, max(happened_at) as last from usage_event")
                .query((row, n) -> {
                    long from = Math.max(stretch.from(), row.getLong("first") - LONGEST_BUCKET);
                    long to = Math.min(stretch.to(), row.getLong("last") + 1);
                    return row.wasNull() || from >= to ? Optional.<Stretch>empty() : Optional.of(new Stretch(from, to));
                })
                .single();
    }

    private List<UsageRow> rows(Stretch stretch, Stretch used) {
        WindowSize size = query.windowSize();
        Coverage coverage = size == null ? Coverage.of(stretch) : Coverage.of(stretch, used, size, query.zone());
        var keys =
                size == null ? new WindowKeys(new long[0], new Long[] {0L}) : WindowKeys.of(size, query.zone(), used);
        raw.read(coverage, stretch);
        Series series = series();
        List<Counted> counted = counted(coverage, series, keys);
        Map<Key, Long> distinct =
                query.meter().aggregation() == Aggregation.UNIQUE_COUNT ? distinct(coverage, series, keys) : Map.of();
        var rows = new ArrayList<UsageRow>();
        counted.forEach(row -> rows.add(row(row, distinct)));
        return rows;
    }

    /** The series asked about and the groups they are in; absent when it is all of them in one group. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    private record Series(long @Nullable [] numbers, int @Nullable [] groups) {}

    private Series series() {
        if (groups.isTrivial()) {
            groups.numberOf("", List.of());
            return new Series(null, null);
        }
        var subjects = query.subjects() != null
                ? query.subjects()
                : query.attribution() == null ? null : query.attribution().keySet();
        var numbers = new ArrayList<Long>();
        var inGroups = new ArrayList<Integer>();
        database.sql()
                .sql("select id, subject, groups from series where rollup = :rollup"
                        + (subjects == null ? "" : " and subject = any (:subjects)"))
                .param("rollup", meter.rollup())
                .param("subjects", subjects == null ? null : Database.texts(subjects))
                .query((ResultSet row) -> {
                    int group = groups.numberOf(row.getString("subject"), DataJson.list(row.getString("groups")));
                    if (group >= 0) {
                        numbers.add(row.getLong("id"));
                        inGroups.add(group);
                    }
                });
        return new Series(
                numbers.stream().mapToLong(Long::longValue).toArray(),
                inGroups.stream().mapToInt(Integer::intValue).toArray());
    }

    private RollupSql statement(Series series) {
        var sql = new RollupSql();
        if (series.numbers() == null || series.groups() == null) {
            sql.wantAll(meter.rollup());
        } else {
            sql.want(series.numbers(), series.groups());
        }
        return sql;
    }

    private List<Counted> counted(Coverage coverage, Series series, WindowKeys keys) {
        Merge merge = Merge.of(query.meter().aggregation());
        RollupSql sql = statement(series);
        sql.spans(coverage, "rollup", COLUMNS);
        if (!coverage.spans().isEmpty()) {
            Stretch rolled = rolled(coverage);
            sql.branch(
                    DELTAS,
                    RollupSql.text(merge.name()),
                    RollupSql.number(rolled.from()),
                    RollupSql.number(rolled.to()));
        }
        sql.branch(RAW, raw.tallyColumns());
        String text = sql.build(
                NAMES,
                "sum(e.count)::bigint, " + merge.aggregate + ", min(e.first_at), max(e.last_at)",
                query.windowSize(),
                keys);
        return run(
                text,
                sql,
                row -> new Counted(
                        key(row),
                        row.getLong(4),
                        row.getLong(5),
                        row.getBigDecimal(6),
                        row.getLong(7),
                        row.getLong(8)));
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(row.getInt(1), row.getLong(2), row.getLong(3));
    }

    /** All spans together, in seconds; they lie side by side. */
    private static Stretch rolled(Coverage coverage) {
        return new Stretch(
                coverage.spans().stream().mapToLong(Span::from).min().orElseThrow(),
                coverage.spans().stream().mapToLong(Span::to).max().orElseThrow());
    }

    private Map<Key, Long> distinct(Coverage coverage, Series series, WindowKeys keys) {
        RollupSql sql = statement(series);
        sql.spans(coverage, "distinct", "r.value");
        if (!coverage.spans().isEmpty()) {
            Stretch rolled = rolled(coverage);
            sql.branch(DISTINCT_DELTAS, RollupSql.number(rolled.from()), RollupSql.number(rolled.to()));
        }
        sql.branch(DISTINCT_RAW, raw.textColumns());
        String text = sql.build("value", "count(distinct e.value)", query.windowSize(), keys);
        var distinct = new HashMap<Key, Long>();
        run(text, sql, row -> distinct.put(key(row), row.getLong(5)));
        return distinct;
    }

    private interface RowMapping<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> run(String text, RollupSql sql, RowMapping<T> mapping) {
        return database.onConnection((connection, arrays) -> {
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                sql.bind(statement, arrays);
                var results = new ArrayList<T>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        results.add(mapping.of(rows));
                    }
                }
                return results;
            }
        });
    }

    private UsageRow row(Counted counted, Map<Key, Long> distinct) {
        Groups.Group group = groups.get(counted.key().group());
        return new UsageRow(
                window(counted), value(counted, distinct), group.subject(), group.customer(), group.groupBy());
    }

    private Window window(Counted counted) {
        WindowSize size = query.windowSize();
        if (size != null) {
            return size.containing(Instant.ofEpochSecond(counted.at()), query.zone());
        }
        return new Window(
                WindowSize.MINUTE
                        .containing(Micros.toInstant(counted.firstAt()), ZoneOffset.UTC)
                        .start(),
                WindowSize.MINUTE
                        .containing(Micros.toInstant(counted.lastAt()), ZoneOffset.UTC)
                        .end());
    }

    private BigDecimal value(Counted counted, Map<Key, Long> distinct) {
        BigDecimal amount = counted.amount() == null ? BigDecimal.ZERO : counted.amount();
        return switch (query.meter().aggregation()) {
            case COUNT -> BigDecimal.valueOf(counted.count());
            case UNIQUE_COUNT -> BigDecimal.valueOf(distinct.getOrDefault(counted.key(), 0L));
            case AVG -> Quantity.average(amount, counted.count());
            case SUM, MIN, MAX, LATEST -> Quantity.normal(amount);
        };
    }
}
