package dev.odometer.postgres.query;

import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Reading;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.plan.MicrosRange;
import dev.odometer.postgres.rollup.Accumulator;
import dev.odometer.postgres.rollup.LiveMeter;
import dev.odometer.postgres.rollup.Moment;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Readings that no rollup and no delta has: the events at the edges of a range, and those that the backfill of a new meter
 * has yet to reach. They are added up here, as JSON paths are evaluated in Java only, and go to the statement as arrays.
 */
final class EventTotals {

    private static final int FETCH = 2000;
    private static final String EVENTS = "select " + StoredEvent.COLUMNS + """
             from usage_event
            where type = :type and happened_at >= :from and happened_at < :to
            """;
    private static final String OF_SUBJECTS = " and subject = any (:subjects)";
    // The backfill goes on in the order of time, so what lies behind the last event that it reached is its backlog.
    private static final String BACKLOG = " and position <= :upTo and (happened_at, position) > (:at, :position)";

    private final Database database;
    private final Digest digest = new Digest();
    private final Map<Key, Accumulator> totals = new HashMap<>();
    private final Set<Text> texts = new HashSet<>();

    EventTotals(Database database) {
        this.database = database;
    }

    /** What is added up together: the number of a group or a question, and the second at which a window begins, or 0. */
    record Key(int number, long window) {}

    /** A text counted once under a key. */
    private record Text(Key key, ByteBuffer value) {}

    /** Chooses what an event with these group values is added to. */
    interface Keys {
        List<Key> of(StoredEvent event, List<String> groups);
    }

    boolean isEmpty() {
        return totals.isEmpty();
    }

    /** Adds the meter's events of that time; of all subjects where none are named. */
    void read(LiveMeter meter, MicrosRange stretch, @Nullable Collection<String> subjects, Keys keys) {
        add(meter, select(meter, stretch, subjects, ""), keys);
    }

    /** The same of the events that the meter's backfill has yet to reach; none where it is done. */
    void readBacklog(LiveMeter meter, MicrosRange stretch, @Nullable Collection<String> subjects, Keys keys) {
        LiveMeter.Backlog backlog = meter.backfill();
        if (backlog != null) {
            StatementSpec events = select(meter, stretch, subjects, BACKLOG)
                    .param("upTo", backlog.upTo())
                    .param("at", backlog.happenedAt())
                    .param("position", backlog.position());
            add(meter, events, keys);
        }
    }

    private StatementSpec select(
            LiveMeter meter, MicrosRange stretch, @Nullable Collection<String> subjects, String condition) {
        StatementSpec events = database.sql()
                .sql(EVENTS + condition + (subjects == null ? "" : OF_SUBJECTS))
                .withFetchSize(FETCH)
                .param("type", meter.reader().meter().eventType())
                .param("from", stretch.from())
                .param("to", stretch.to());
        return subjects == null ? events : events.param("subjects", Database.texts(subjects));
    }

    private void add(LiveMeter live, StatementSpec events, Keys keys) {
        events.query((ResultSet row) -> {
            StoredEvent event = StoredEvent.of(row);
            Reading reading = live.reader().read(event.event().data());
            if (reading instanceof Reading.Skipped
                    || !live.reader().meter().covers(event.event().happenedAt())) {
                return;
            }
            var at = new Moment(event.happenedAt(), event.position());
            for (Key key : keys.of(event, live.reader().groups(event.event().data()))) {
                add(key, live.reader().meter(), reading, at);
            }
        });
    }

    private void add(Key key, Meter meter, Reading reading, Moment at) {
        totals.computeIfAbsent(key, k -> new Accumulator(meter.aggregation())).add(reading, at);
        if (reading instanceof Reading.Distinct text) {
            texts.add(new Text(key, ByteBuffer.wrap(digest.of(text.text()))));
        }
    }

    /** The parameters of {@link Columns#added}: the keys, a second in each one's window, and the columns. */
    Map<String, Object> values(Columns columns) {
        List<Text> once = List.copyOf(texts);
        List<Key> keys =
                columns == Columns.TEXTS ? once.stream().map(Text::key).toList() : List.copyOf(totals.keySet());
        List<Accumulator> byKey = keys.stream()
                .map(key -> Objects.requireNonNull(totals.get(key)))
                .toList();
        var values = new HashMap<String, Object>(
                columns == Columns.TEXTS
                        ? Map.of(
                                "value",
                                once.stream().map(text -> text.value().array()).toArray(byte[][]::new))
                        : Accumulator.columns(byKey));
        values.put("key", keys.stream().mapToInt(Key::number).toArray());
        values.put("at", byKey.stream().mapToLong(Accumulator::firstSecond).toArray());
        return values;
    }
}
