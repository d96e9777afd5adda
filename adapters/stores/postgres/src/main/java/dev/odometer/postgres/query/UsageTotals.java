package dev.odometer.postgres.query;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.usage.Window;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.NamedSql;
import dev.odometer.postgres.jdbc.ShortRead;
import dev.odometer.postgres.plan.MicrosRange;
import dev.odometer.postgres.rollup.LiveMeter;
import dev.odometer.postgres.rollup.Merge;
import dev.odometer.postgres.rollup.StoredMeter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers any number of questions for one number each, in a constant number of statements. What is added up is read by a
 * single one: inside a transaction that writes, where each statement has a snapshot of its own, a fold could otherwise
 * commit between two of them and move entries from the deltas to the rollups, so that they count twice or not at all.
 */
public final class UsageTotals {

    private static final NamedSql SERIES = new NamedSql("""
            select s.id, s.rollup, s.subject, s.groups
            from (select distinct * from unnest(:rollups::bigint[], :subjects::text[]) as u (rollup, subject)) q
                join series s on s.rollup = q.rollup and s.subject = q.subject
            """);

    private final Database database;
    private final @Nullable ShortRead read;
    private final List<Scope> scopes = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private long unfolded;

    private UsageTotals(Database database, @Nullable ShortRead read) {
        this.database = database;
        this.read = read;
    }

    /** As the end of a short read: nothing is read after the answers. */
    public static UsageTotals endOf(ShortRead read, Database database) {
        return new UsageTotals(database, read);
    }

    /** In a transaction that writes, where each statement sees what others have committed by then. */
    public static UsageTotals whileWriting(Database database) {
        return new UsageTotals(database, null);
    }

    /** The number by which to ask about it. */
    public int add(Scope scope) {
        scopes.add(scope);
        return scopes.size() - 1;
    }

    public void ask(int scope, Window window) {
        long from = window.start().getEpochSecond();
        questions.add(new Question(questions.size(), scope, from, window.end().getEpochSecond()));
    }

    /** How many entries had to be read beside the rollups, for this and everything else; once answered. */
    public long unfolded() {
        return unfolded;
    }

    /** The answers, in the order of asking; 0 where nothing was counted. */
    public List<BigDecimal> answers() {
        BigDecimal[] totals = new BigDecimal[questions.size()];
        Arrays.fill(totals, BigDecimal.ZERO);
        if (totals.length == 0) {
            return List.of();
        }
        Map<String, LiveMeter> meters = meters();
        long now = database.clock().instant().getEpochSecond();
        var asked = new TotalsSql.Asked(scopes, questions, filtered(meters), backlog(meters), now);
        long distinct = scopes.stream()
                .filter(scope -> scope.aggregation() == Aggregation.UNIQUE_COUNT)
                .count();
        String ending = read == null ? "" : read.ending();
        // Two statements where both are asked for: what is distinct has other columns, and other tables.
        if (distinct < scopes.size()) {
            run(new TotalsSql(asked, Columns.SUMS, distinct == 0 ? ending : ""), totals);
        }
        if (distinct > 0) {
            run(new TotalsSql(asked, Columns.TEXTS, ending), totals);
        }
        return List.of(totals);
    }

    private void run(TotalsSql sql, BigDecimal[] totals) {
        database.query(sql.statement(), sql.values(), row -> {
            int question = row.getInt("question");
            long count = row.getLong("count");
            if (question < 0) {
                unfolded += count;
                return;
            }
            Scope scope = scopes.get(questions.get(question).scope());
            Aggregation aggregation = scope.aggregation();
            if (!sql.isAbout(scope)) {
                // A backlog's texts are readings, too; the other statement counts them.
                return;
            }
            totals[question] = aggregation == Aggregation.UNIQUE_COUNT
                    ? aggregation.value(0, null, count)
                    : aggregation.value(
                            count, row.getBigDecimal(Merge.of(aggregation).name()), 0);
        });
    }

    /** Those whose rules are needed: to read events, or group values. */
    private Map<String, LiveMeter> meters() {
        var meters = new TreeMap<String, LiveMeter>();
        for (Scope scope : scopes) {
            if ((scope.backlogged() || !scope.filters().isEmpty()) && !meters.containsKey(scope.meterId())) {
                StoredMeter.live(database, scope.meterId(), read == null)
                        .ifPresent(live -> meters.put(scope.meterId(), live));
            }
        }
        return meters;
    }

    /** The series of scopes with filters; the others' are found by the statement that adds up. */
    private TotalsSql.Filtered filtered(Map<String, LiveMeter> meters) {
        var filters = new TreeMap<Integer, Predicate<List<String>>>();
        var rollups = LongStream.builder();
        var subjects = new ArrayList<String>();
        for (int i = 0; i < scopes.size(); i++) {
            Scope scope = scopes.get(i);
            LiveMeter meter = meters.get(scope.meterId());
            if (!scope.filters().isEmpty() && meter != null) {
                filters.put(i, Groups.filter(meter.reader().meter(), scope.filters()));
                scope.subjects().forEach(subject -> {
                    rollups.add(scope.rollup());
                    subjects.add(subject);
                });
            }
        }
        var inScopes = IntStream.builder();
        var series = LongStream.builder();
        if (!subjects.isEmpty()) {
            Map<String, Object> wanted =
                    Map.of("rollups", rollups.build().toArray(), "subjects", subjects.toArray(String[]::new));
            database.query(SERIES, wanted, row -> {
                long rollup = row.getLong("rollup");
                String subject = row.getString("subject");
                List<String> groups = DataJson.list(row.getString("groups"));
                long number = row.getLong("id");
                filters.forEach((scope, filter) -> {
                    if (scopes.get(scope).isOf(rollup, subject) && filter.test(groups)) {
                        inScopes.add(scope);
                        series.add(number);
                    }
                });
            });
        }
        return new TotalsSql.Filtered(inScopes.build().toArray(), series.build().toArray());
    }

    /** What events add that the meters' backfills have yet to reach: one statement a meter, and mostly there is none. */
    private EventTotals backlog(Map<String, LiveMeter> meters) {
        var events = new EventTotals(database);
        for (int i = 0; i < scopes.size(); i++) {
            LiveMeter meter = meters.get(scopes.get(i).meterId());
            if (scopes.get(i).backlogged() && meter != null) {
                addBacklog(events, i, meter);
            }
        }
        return events;
    }

    private void addBacklog(EventTotals events, int scope, LiveMeter meter) {
        List<Question> asked =
                questions.stream().filter(question -> question.scope() == scope).toList();
        Predicate<List<String>> filter =
                Groups.filter(meter.reader().meter(), scopes.get(scope).filters());
        asked.stream()
                .map(Question::stretch)
                .reduce(MicrosRange::around)
                .ifPresent(stretch -> events.readBacklog(
                        meter,
                        stretch,
                        scopes.get(scope).subjects(),
                        (event, groups) -> filter.test(groups) ? keys(event, asked) : List.of()));
    }

    private static List<EventTotals.Key> keys(StoredEvent event, List<Question> asked) {
        return asked.stream()
                .filter(question -> question.stretch().contains(event.happenedAt()))
                .map(question -> new EventTotals.Key(question.number(), 0))
                .toList();
    }
}
