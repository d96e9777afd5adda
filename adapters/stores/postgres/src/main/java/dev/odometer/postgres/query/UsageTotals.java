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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Computes any number of totals in a constant number of statements. Rollups and deltas are read by a single statement:
 * in a transaction that writes, where each statement has a snapshot of its own, a fold could otherwise commit between
 * two statements and move entries from the deltas to the rollups, which would count them twice or not at all.
 */
public final class UsageTotals {

    private static final NamedSql SERIES = new NamedSql("""
            select s.id, s.rollup, s.subject, s.groups
            from unnest(:rollups::bigint[], :subjects::text[]) as q (rollup, subject)
                join series s on s.rollup = q.rollup and s.subject = q.subject
            """);

    private final Database database;
    private final @Nullable ShortRead read;
    private final List<Scope> scopes = new ArrayList<>();
    private final List<TotalRequest> requests = new ArrayList<>();
    private final boolean isPartial;
    private long unfolded;

    private UsageTotals(Database database, @Nullable ShortRead read, boolean isPartial) {
        this.database = database;
        this.read = read;
        this.isPartial = isPartial;
    }

    /** As the last part of a short read: {@link #results} sends its commit. */
    public static UsageTotals endOf(ShortRead read, Database database) {
        return new UsageTotals(database, read, false);
    }

    /** In a transaction that writes, whose statements each see what others have committed by then. */
    public static UsageTotals whileWriting(Database database) {
        return new UsageTotals(database, null, false);
    }

    /**
     * For the rules of an append: of a meter whose backfill has not reached the archive yet, the totals lack archived events,
     * where other totals are refused.
     */
    public static UsageTotals whileAppending(Database database) {
        return new UsageTotals(database, null, true);
    }

    /** Adds a scope, and returns its number. */
    public int add(Scope scope) {
        scopes.add(scope);
        return scopes.size() - 1;
    }

    /** Requests the total of a scope in a window. */
    public void request(int scope, Window window) {
        long from = window.start().getEpochSecond();
        requests.add(new TotalRequest(requests.size(), scope, from, window.end().getEpochSecond()));
    }

    /** The number of unfolded entries that were read in addition to the rollups; valid after {@link #results}. */
    public long unfolded() {
        return unfolded;
    }

    /** The totals in the order of the requests; 0 where nothing was counted. */
    public List<BigDecimal> results() {
        BigDecimal[] totals = new BigDecimal[requests.size()];
        Arrays.fill(totals, BigDecimal.ZERO);
        if (totals.length == 0) {
            return List.of();
        }
        Map<String, LiveMeter> meters = meters();
        long now = database.clock().instant().getEpochSecond();
        var input = new TotalsSql.Input(scopes, requests, filtered(meters), backlog(meters), now);
        long distinct = scopes.stream()
                .filter(scope -> scope.aggregation() == Aggregation.UNIQUE_COUNT)
                .count();
        String ending = read == null ? "" : read.ending();
        // Two statements if both kinds are requested, since unique counts have other columns and tables. The commit
        // goes with the last one.
        if (distinct < scopes.size()) {
            run(new TotalsSql(input, Columns.SUMS, distinct == 0 ? ending : ""), totals);
        }
        if (distinct > 0) {
            run(new TotalsSql(input, Columns.TEXTS, ending), totals);
        }
        return List.of(totals);
    }

    private void run(TotalsSql sql, BigDecimal[] totals) {
        database.query(sql.statement(), sql.values(), row -> {
            int request = row.getInt("request");
            long count = row.getLong("count");
            if (request < 0) {
                unfolded += count;
                return;
            }
            Scope scope = scopes.get(requests.get(request).scope());
            Aggregation aggregation = scope.aggregation();
            if (!sql.includes(scope)) {
                // The events of a backlog add counts for unique counts, too; those totals come from the other
                // statement.
                return;
            }
            totals[request] = aggregation == Aggregation.UNIQUE_COUNT
                    ? aggregation.value(0, null, count)
                    : aggregation.value(
                            count, row.getBigDecimal(Merge.of(aggregation).name()), 0);
        });
    }

    /** The meters whose definitions are needed, to read events or group values. */
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

    /** The series of scopes with filters. The statement of the totals looks up those of the other scopes. */
    private TotalsSql.Filtered filtered(Map<String, LiveMeter> meters) {
        var filters = new HashMap<SeriesKey, List<ScopeFilter>>();
        for (int i = 0; i < scopes.size(); i++) {
            Scope scope = scopes.get(i);
            LiveMeter meter = meters.get(scope.meterId());
            if (!scope.filters().isEmpty() && meter != null) {
                var filter = new ScopeFilter(i, Groups.filter(meter.reader().meter(), scope.filters()));
                for (String subject : scope.subjects()) {
                    filters.computeIfAbsent(new SeriesKey(scope.rollup(), subject), key -> new ArrayList<>())
                            .add(filter);
                }
            }
        }
        var inScopes = IntStream.builder();
        var series = LongStream.builder();
        if (!filters.isEmpty()) {
            database.query(SERIES, wanted(filters.keySet()), row -> {
                var key = new SeriesKey(row.getLong("rollup"), row.getString("subject"));
                List<String> groups = DataJson.list(row.getString("groups"));
                long number = row.getLong("id");
                for (ScopeFilter filter : filters.getOrDefault(key, List.of())) {
                    if (filter.condition.test(groups)) {
                        inScopes.add(filter.scope);
                        series.add(number);
                    }
                }
            });
        }
        return new TotalsSql.Filtered(inScopes.build().toArray(), series.build().toArray());
    }

    /** The series of a subject in a rollup, one for each combination of group values. */
    private record SeriesKey(long rollup, String subject) {}

    /** The condition of a scope on the group values of a series. */
    private record ScopeFilter(int scope, Predicate<List<String>> condition) {}

    private static Map<String, Object> wanted(Set<SeriesKey> keys) {
        return Map.of(
                "rollups", keys.stream().mapToLong(SeriesKey::rollup).toArray(),
                "subjects", keys.stream().map(SeriesKey::subject).toArray(String[]::new));
    }

    /** The events that the backfills have not reached yet: one statement per scope, and usually none. */
    private EventTotals backlog(Map<String, LiveMeter> meters) {
        var events = new EventTotals(database, null);
        for (int i = 0; i < scopes.size(); i++) {
            LiveMeter meter = meters.get(scopes.get(i).meterId());
            if (scopes.get(i).backlogged() && meter != null) {
                addBacklog(events, i, meter);
            }
        }
        return events;
    }

    private void addBacklog(EventTotals events, int scope, LiveMeter meter) {
        List<TotalRequest> ofScope =
                requests.stream().filter(request -> request.scope() == scope).toList();
        Predicate<List<String>> filter =
                Groups.filter(meter.reader().meter(), scopes.get(scope).filters());
        ofScope.stream()
                .map(TotalRequest::range)
                .reduce(MicrosRange::enclosing)
                .ifPresent(range -> events.readBacklog(
                        meter,
                        range,
                        new EventTotals.Backlogged(scopes.get(scope).subjects(), isPartial),
                        (event, groups) -> filter.test(groups) ? keys(event, ofScope) : List.of()));
    }

    private static List<EventTotals.Key> keys(StoredEvent event, List<TotalRequest> requests) {
        return requests.stream()
                .filter(request -> request.range().contains(event.happenedAt()))
                .map(request -> new EventTotals.Key(request.number(), 0))
                .toList();
    }
}
