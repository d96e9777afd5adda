package dev.odometer.postgres.query;

import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Reading;
import dev.odometer.postgres.archive.ArchivedEvents;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.Texts;
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
 * The readings that are in neither rollups nor deltas: events at the edges of a range, and events that the backfill of
 * a new meter has not reached yet. They are aggregated here, since JSON paths are evaluated in Java only, and are sent
 * to the statement as arrays.
 */
final class EventTotals {

    /** Rows per fetch. Without it, the driver would load all events of the result into memory. */
    private static final int FETCH = 500;

    /** A condition on the events of a meter's type, with the parameters of {@link #inRange}. */
    static final String OF_RANGE = " where type = :type and happened_at >= :from and happened_at < :to";
    /** A condition on the events of a backlog, with the parameters of {@link #inBacklog}. */
    // The backfill proceeds in the order of time, so the backlog is everything after the last event that it reached.
    static final String BACKLOG = " and position <= :upTo and (happened_at, position) > (:at, :position)";

    private static final String EVENTS = "select " + StoredEvent.COLUMNS + " from " + StoredEvent.TABLE + OF_RANGE;
    private static final String OF_SUBJECTS = " and subject = any (:subjects)";

    private final Database database;
    private final @Nullable ArchivedEvents archive;
    private final Digest digest = new Digest();
    private final Map<Key, Accumulator> totals = new HashMap<>();
    private final Set<Text> texts = new HashSet<>();

    /** @param archive needed by {@link #read} only */
    EventTotals(Database database, @Nullable ArchivedEvents archive) {
        this.database = database;
        this.archive = archive;
    }

    /** The key of an aggregate: the number of a group or request, and the second at which a window begins, or 0. */
    record Key(int number, long window) {}

    /** A text that is counted once per key. */
    private record Text(Key key, ByteBuffer value) {}

    /**
     * The events of a backlog that a read needs.
     *
     * @param subjects null for all
     * @param partial whether the read does without archived events: a rule is evaluated on what is counted so far, so that
     *     appends never wait for a backfill
     */
    record Backlogged(@Nullable Collection<String> subjects, boolean partial) {}

    /** Selects the aggregates that an event with these group values is added to. */
    interface Keys {
        List<Key> of(StoredEvent event, List<String> groups);
    }

    boolean isEmpty() {
        return totals.isEmpty();
    }

    int size() {
        return totals.size();
    }

    /** Adds the meter's events in a range; null stands for all subjects. */
    void read(LiveMeter meter, MicrosRange range, @Nullable Collection<String> subjects, Keys keys) {
        add(meter, select(meter, range, subjects, ""), keys);
        if (meter.hasArchive() && archive != null) {
            String type = meter.reader().meter().eventType();
            archive.read(new ArchivedEvents.Span(range.from(), range.to()), event -> {
                boolean isOfSubjects =
                        subjects == null || subjects.contains(event.event().subject());
                if (isOfSubjects && event.event().type().equals(type)) {
                    add(meter, event, keys);
                }
            });
        }
    }

    /**
     * Adds the events in a range that the meter's backfill has not reached yet; none if it is complete. Archived events are
     * read by the backfill only.
     *
     * @throws dev.odometer.functions.refusal.Refusal UNAVAILABLE when some of them are archived, unless the answer may be
     *     {@code partial}
     */
    void readBacklog(LiveMeter meter, MicrosRange range, Backlogged scope, Keys keys) {
        LiveMeter.Backlog backlog = meter.backfill();
        if (backlog != null) {
            if (meter.hasArchive() && !scope.partial()) {
                ArchivedEvents.requireCounted(
                        database, backlog.reached(), backlog.upTo(), new ArchivedEvents.Span(range.from(), range.to()));
            }
            Collection<String> subjects = scope.subjects();
            add(meter, inBacklog(select(meter, range, subjects, BACKLOG), backlog), keys);
        }
    }

    private StatementSpec select(
            LiveMeter meter, MicrosRange range, @Nullable Collection<String> subjects, String condition) {
        StatementSpec events = database.sql()
                .sql(EVENTS + condition + (subjects == null ? "" : OF_SUBJECTS))
                .withFetchSize(FETCH);
        events = inRange(events, meter, range);
        return subjects == null ? events : events.param("subjects", Texts.keys(subjects));
    }

    static StatementSpec inRange(StatementSpec events, LiveMeter meter, MicrosRange range) {
        return events.param("type", meter.reader().meter().eventType())
                .param("from", range.from())
                .param("to", range.to());
    }

    static StatementSpec inBacklog(StatementSpec events, LiveMeter.Backlog backlog) {
        return events.param("upTo", backlog.upTo())
                .param("at", backlog.happenedAt())
                .param("position", backlog.position());
    }

    private void add(LiveMeter live, StatementSpec events, Keys keys) {
        events.query((ResultSet row) -> add(live, StoredEvent.of(row), keys));
    }

    private void add(LiveMeter live, StoredEvent event, Keys keys) {
        if (!live.reader().meter().covers(event.event().happenedAt())) {
            return;
        }
        List<String> groups = live.reader().groups(event.event().data());
        Reading reading = live.reader().read(event.event().data(), groups);
        if (reading instanceof Reading.Skipped) {
            return;
        }
        var at = new Moment(event.happenedAt(), event.position());
        for (Key key : keys.of(event, groups)) {
            add(key, live.reader().meter(), reading, at);
        }
    }

    private void add(Key key, Meter meter, Reading reading, Moment at) {
        totals.computeIfAbsent(key, k -> new Accumulator(meter.aggregation())).add(reading, at);
        if (reading instanceof Reading.Distinct text) {
            texts.add(new Text(key, ByteBuffer.wrap(digest.of(text.text()))));
        }
    }

    /** The parameters of {@link Columns#eventTotals}: the keys, a second within each key's window, and the columns. */
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
