package dev.odometer.postgres.query;

import dev.odometer.meter.Aggregation;
import dev.odometer.meter.Quantity;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.ShortRead;
import dev.odometer.postgres.rollup.LiveMeter;
import dev.odometer.postgres.rollup.Merge;
import dev.odometer.postgres.rollup.StoredMeter;
import dev.odometer.usage.TextFilter;
import dev.odometer.usage.Window;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Answers any number of questions for one number each, in a constant number of statements. What is added up is read by a
 * single one, so that nobody's fold can move it from deltas to rollups in between; inside a transaction that writes, it
 * sees what that has written.
 */
public final class UsageTotals {

    private static final String SERIES = """
            select s.id, s.rollup, s.subject, s.groups
            from (select distinct * from unnest(:rollups::bigint[], :subjects::text[]) as u (rollup, subject)) q
                join series s on s.rollup = q.rollup and s.subject = q.subject
            """;

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

    /** A question, in seconds. */
    record Question(int scope, long from, long to) {}

    /** The number by which to ask about it. */
    public int add(Scope scope) {
        scopes.add(scope);
        return scopes.size() - 1;
    }

    public void ask(int scope, Window window) {
        questions.add(new Question(
                scope, window.start().getEpochSecond(), window.end().getEpochSecond()));
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
        var asked = new TotalsSql.Asked(scopes, questions, filtered(meters));
        var backlog = new BacklogTotals(database, scopes, questions);
        backlog.read(meters);
        long distinct = scopes.stream()
                .filter(scope -> scope.aggregation() == Aggregation.UNIQUE_COUNT)
                .count();
        if (distinct < scopes.size()) {
            run(TotalsSql.sums(asked, backlog), distinct == 0, row -> sum(row, totals));
        }
        if (distinct > 0) {
            run(TotalsSql.distinct(asked, backlog), true, row -> distinct(row, totals));
        }
        return List.of(totals);
    }

    private void sum(ResultSet row, BigDecimal[] totals) throws SQLException {
        int question = row.getInt(1);
        if (question < 0) {
            unfolded += row.getLong(2);
            return;
        }
        Aggregation aggregation = scopes.get(questions.get(question).scope()).aggregation();
        long count = row.getLong(2);
        if (count == 0) {
            // What was added was taken away.
            return;
        }
        totals[question] = switch (aggregation) {
            case COUNT -> BigDecimal.valueOf(count);
            case AVG -> Quantity.average(amount(row, aggregation), count);
            default -> Quantity.normal(amount(row, aggregation));
        };
    }

    private static BigDecimal amount(ResultSet row, Aggregation aggregation) throws SQLException {
        return row.getBigDecimal(Merge.of(aggregation).name());
    }

    private void distinct(ResultSet row, BigDecimal[] totals) throws SQLException {
        int question = row.getInt(1);
        if (question < 0) {
            unfolded += row.getLong(2);
        } else {
            totals[question] = BigDecimal.valueOf(row.getLong(2));
        }
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
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    record Series(int[] scopes, long[] numbers) {}

    private Series filtered(Map<String, LiveMeter> meters) {
        var inScopes = new ArrayList<Integer>();
        var found = new ArrayList<Long>();
        var rollups = new ArrayList<Long>();
        var subjects = new ArrayList<String>();
        Map<Long, List<Integer>> byRollup = new TreeMap<>();
        for (int i = 0; i < scopes.size(); i++) {
            Scope scope = scopes.get(i);
            if (!scope.filters().isEmpty()) {
                byRollup.computeIfAbsent(scope.rollup(), rollup -> new ArrayList<>())
                        .add(i);
                scope.subjects().forEach(subject -> {
                    rollups.add(scope.rollup());
                    subjects.add(subject);
                });
            }
        }
        if (!rollups.isEmpty()) {
            Map<Integer, Predicate<List<String>>> tests = tests(meters);
            database.sql()
                    .sql(SERIES)
                    .param("rollups", rollups.toArray(Long[]::new))
                    .param("subjects", subjects.toArray(String[]::new))
                    .query((ResultSet row) -> {
                        String subject = row.getString("subject");
                        List<String> groups = DataJson.list(row.getString("groups"));
                        for (int scope : byRollup.getOrDefault(row.getLong("rollup"), List.of())) {
                            if (scopes.get(scope).subjects().contains(subject)
                                    && tests.getOrDefault(scope, all -> false).test(groups)) {
                                inScopes.add(scope);
                                found.add(row.getLong("id"));
                            }
                        }
                    });
        }
        return new Series(
                inScopes.stream().mapToInt(Integer::intValue).toArray(),
                found.stream().mapToLong(Long::longValue).toArray());
    }

    private Map<Integer, Predicate<List<String>>> tests(Map<String, LiveMeter> meters) {
        var tests = new TreeMap<Integer, Predicate<List<String>>>();
        for (int i = 0; i < scopes.size(); i++) {
            LiveMeter meter = meters.get(scopes.get(i).meterId());
            if (meter != null && !scopes.get(i).filters().isEmpty()) {
                tests.put(i, test(meter, scopes.get(i).filters()));
            }
        }
        return tests;
    }

    /** Of group values in the order of the meter's keys. */
    static Predicate<List<String>> test(LiveMeter meter, Map<String, TextFilter> filters) {
        List<String> keys = List.copyOf(meter.gauge().meter().groupBy().keySet());
        Predicate<List<String>> test = groups -> true;
        for (Map.Entry<String, TextFilter> filter : filters.entrySet()) {
            int place = keys.indexOf(filter.getKey());
            Predicate<String> condition = filter.getValue().toPredicate();
            // A key that the meter does not have is one that every event lacks.
            test = test.and(groups -> condition.test(place < 0 ? "" : groups.get(place)));
        }
        return test;
    }

    private void run(TotalsSql sql, boolean isLast, RowCallbackHandler reader) {
        String text = sql.text(isLast && read != null ? read.ending() : "");
        database.onConnection((connection, arrays) -> {
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                sql.bind(statement, arrays);
                boolean isResult = statement.execute();
                while (!isResult) {
                    isResult = statement.getMoreResults();
                }
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        reader.processRow(rows);
                    }
                }
            }
            return true;
        });
    }
}
