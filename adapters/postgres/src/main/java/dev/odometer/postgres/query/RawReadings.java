package dev.odometer.postgres.query;

import dev.odometer.meter.Meter;
import dev.odometer.meter.Reading;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.rollup.Entries;
import dev.odometer.postgres.rollup.LiveMeter;
import dev.odometer.postgres.rollup.Merge;
import dev.odometer.postgres.rollup.Tally;
import dev.odometer.usage.UsageQuery;
import dev.odometer.usage.Window;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the rollups do not have: the events at the edges of a range, and those a new meter's backfill has yet to reach. */
final class RawReadings {

    private static final int FETCH = 2000;

    private final Database database;
    private final LiveMeter meter;
    private final UsageQuery query;
    private final Groups groups;
    private final Digest digest = new Digest();
    private final Map<Key, Tally> tallies = new HashMap<>();
    private final Set<Text> texts = new HashSet<>();

    RawReadings(Database database, LiveMeter meter, UsageQuery query, Groups groups) {
        this.database = database;
        this.meter = meter;
        this.query = query;
        this.groups = groups;
    }

    /** A group and the second at which a window begins, 0 without windows. */
    private record Key(int group, long window) {}

    /** A text counted once in a group and window. */
    private record Text(int group, long window, ByteBuffer value) {}

    /** What was added up, as arrays that go together: group, second, count, amount, first, last and last position. */
    RollupSql.Parameter[] tallyColumns() {
        List<Key> keys = List.copyOf(tallies.keySet());
        List<Tally> all = keys.stream().map(this::tally).toList();
        return new RollupSql.Parameter[] {
            RollupSql.array("int4", keys.stream().mapToInt(Key::group).toArray()),
            RollupSql.array("int8", all.stream().mapToLong(Tally::firstSecond).toArray()),
            RollupSql.array("int8", all.stream().mapToLong(t -> t.count).toArray()),
            RollupSql.array("numeric", all.stream().map(t -> t.amount).toArray(BigDecimal[]::new)),
            RollupSql.array("int8", all.stream().mapToLong(t -> t.firstAt).toArray()),
            RollupSql.array("int8", all.stream().mapToLong(t -> t.lastAt).toArray()),
            RollupSql.array("int8", all.stream().mapToLong(t -> t.lastPosition).toArray())
        };
    }

    /** The texts to count once, as arrays that go together: group, a second in the window, value. */
    RollupSql.Parameter[] textColumns() {
        List<Text> all = List.copyOf(texts);
        return new RollupSql.Parameter[] {
            RollupSql.array("int4", all.stream().mapToInt(Text::group).toArray()),
            RollupSql.array(
                    "int8",
                    all.stream()
                            .mapToLong(text ->
                                    tally(new Key(text.group(), text.window())).firstSecond())
                            .toArray()),
            RollupSql.array(
                    "bytea", all.stream().map(text -> text.value().array()).toArray(byte[][]::new))
        };
    }

    private Tally tally(Key key) {
        return Objects.requireNonNull(tallies.get(key));
    }

    void read(Coverage coverage, Stretch stretch) {
        for (Stretch raw : coverage.raw()) {
            scan("happened_at >= :from and happened_at < :to", raw, row -> add(StoredEvent.of(row)));
        }
        LiveMeter.Backlog backlog = meter.backfill();
        if (backlog != null) {
            scan(
                    "happened_at >= :from and happened_at < :to and position <= " + backlog.upTo()
                            + " and (happened_at, position) > (" + backlog.happenedAt() + ", " + backlog.position()
                            + ")",
                    stretch,
                    row -> {
                        if (coverage.covers(row.getLong("happened_at"))) {
                            add(StoredEvent.of(row));
                        }
                    });
        }
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void scan(String condition, Stretch stretch, RowReader reader) {
        Collection<String> subjects = subjects();
        database.sql()
                .sql("select " + StoredEvent.COLUMNS + " from usage_event where type = :type and " + condition
                        + (subjects == null ? "" : " and subject = any (:subjects)"))
                .withFetchSize(FETCH)
                .param("type", query.meter().eventType())
                .param("from", stretch.from())
                .param("to", stretch.to())
                .param("subjects", subjects == null ? null : Database.texts(subjects))
                .query((ResultSet row) -> reader.read(row));
    }

    private @Nullable Collection<String> subjects() {
        if (query.subjects() != null) {
            return query.subjects();
        }
        return query.attribution() == null ? null : query.attribution().keySet();
    }

    private void add(StoredEvent stored) {
        Meter rule = meter.gauge().meter();
        if (!rule.covers(stored.event().happenedAt())) {
            return;
        }
        Reading reading = meter.gauge().read(stored.event().data());
        int group = reading instanceof Reading.Skipped
                ? -1
                : groups.numberOf(
                        stored.event().subject(),
                        meter.gauge().groups(stored.event().data()));
        if (group < 0) {
            return;
        }
        var key = new Key(group, window(stored));
        Merge merge = Merge.of(rule.aggregation());
        tallies.computeIfAbsent(key, k -> new Tally(merge))
                .add(Entries.amount(rule, reading), stored.happenedAt(), stored.position());
        if (reading instanceof Reading.Distinct text) {
            texts.add(new Text(group, key.window(), ByteBuffer.wrap(digest.of(text.text()))));
        }
    }

    private long window(StoredEvent stored) {
        if (query.windowSize() == null) {
            return 0;
        }
        Window window = query.windowSize().containing(stored.event().happenedAt(), query.zone());
        return window.start().getEpochSecond();
    }
}
