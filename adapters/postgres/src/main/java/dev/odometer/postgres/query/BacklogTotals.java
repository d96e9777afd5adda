package dev.odometer.postgres.query;

import dev.odometer.meter.Meter;
import dev.odometer.meter.Reading;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.query.UsageTotals.Question;
import dev.odometer.postgres.rollup.Entries;
import dev.odometer.postgres.rollup.LiveMeter;
import dev.odometer.postgres.rollup.Merge;
import dev.odometer.postgres.rollup.Tally;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What the events add to totals that a new meter's backfill has yet to reach. */
final class BacklogTotals {

    private static final int FETCH = 2000;
    private static final String EVENTS = "select " + StoredEvent.COLUMNS + """
             from usage_event
            where type = :type and subject = any (:subjects) and happened_at >= :lo and happened_at < :hi
                and position <= :upTo and (happened_at, position) > (:at, :position)
            """;

    private final Database database;
    private final List<Scope> scopes;
    private final List<Question> questions;
    private final Digest digest = new Digest();
    private final Map<Integer, Tally> tallies = new LinkedHashMap<>();
    private final Set<Text> texts = new LinkedHashSet<>();

    BacklogTotals(Database database, List<Scope> scopes, List<Question> questions) {
        this.database = database;
        this.scopes = scopes;
        this.questions = questions;
    }

    /** A text counted once for a question. */
    private record Text(int question, ByteBuffer value) {}

    boolean isNeeded() {
        return !tallies.isEmpty() || !texts.isEmpty();
    }

    void read(Map<String, LiveMeter> meters) {
        for (int i = 0; i < scopes.size(); i++) {
            LiveMeter meter = meters.get(scopes.get(i).meterId());
            if (scopes.get(i).backlogged() && meter != null && meter.backfill() != null) {
                read(i, meter, meter.backfill());
            }
        }
    }

    private void read(int scope, LiveMeter meter, LiveMeter.Backlog backlog) {
        var asked = new LinkedHashMap<Integer, Question>();
        for (int i = 0; i < questions.size(); i++) {
            if (questions.get(i).scope() == scope) {
                asked.put(i, questions.get(i));
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        Predicate<List<String>> test = UsageTotals.test(meter, scopes.get(scope).filters());
        database.sql()
                .sql(EVENTS)
                .withFetchSize(FETCH)
                .param("type", meter.gauge().meter().eventType())
                .param("subjects", Database.texts(scopes.get(scope).subjects()))
                .param(
                        "lo",
                        Micros.SECOND
                                * asked.values().stream()
                                        .mapToLong(Question::from)
                                        .min()
                                        .orElseThrow())
                .param(
                        "hi",
                        Micros.SECOND
                                * asked.values().stream()
                                        .mapToLong(Question::to)
                                        .max()
                                        .orElseThrow())
                .param("upTo", backlog.upTo())
                .param("at", backlog.happenedAt())
                .param("position", backlog.position())
                .query((ResultSet row) -> add(StoredEvent.of(row), meter, test, asked));
    }

    private void add(StoredEvent stored, LiveMeter live, Predicate<List<String>> test, Map<Integer, Question> asked) {
        Meter meter = live.gauge().meter();
        Reading reading = live.gauge().read(stored.event().data());
        if (reading instanceof Reading.Skipped
                || !meter.covers(stored.event().happenedAt())
                || !test.test(live.gauge().groups(stored.event().data()))) {
            return;
        }
        Merge merge = Merge.of(meter.aggregation());
        long second = Math.floorDiv(stored.happenedAt(), Micros.SECOND);
        asked.forEach((number, question) -> {
            if (second >= question.from() && second < question.to()) {
                if (reading instanceof Reading.Distinct text) {
                    texts.add(new Text(number, ByteBuffer.wrap(digest.of(text.text()))));
                } else {
                    tallies.computeIfAbsent(number, n -> new Tally(merge))
                            .add(Entries.amount(meter, reading), stored.happenedAt(), stored.position());
                }
            }
        });
    }

    /** As arrays that go together: question, count, amount, last and last position. */
    List<RollupSql.Parameter> tallyColumns() {
        List<Tally> all = new ArrayList<>(tallies.values());
        return List.of(
                RollupSql.array("int4", tallies.keySet().toArray()),
                RollupSql.array("int8", all.stream().mapToLong(t -> t.count).toArray()),
                RollupSql.array("numeric", all.stream().map(t -> t.amount).toArray(BigDecimal[]::new)),
                RollupSql.array("int8", all.stream().mapToLong(t -> t.lastAt).toArray()),
                RollupSql.array(
                        "int8", all.stream().mapToLong(t -> t.lastPosition).toArray()));
    }

    /** As arrays that go together: question, value. */
    List<RollupSql.Parameter> textColumns() {
        return List.of(
                RollupSql.array("int4", texts.stream().map(Text::question).toArray()),
                RollupSql.array(
                        "bytea",
                        texts.stream().map(text -> text.value().array()).toArray(byte[][]::new)));
    }
}
