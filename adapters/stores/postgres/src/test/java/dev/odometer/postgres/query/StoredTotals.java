package dev.odometer.postgres.query;

import dev.odometer.metering.usage.UsageTotal;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.ShortRead;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Totals of usage in the database. */
final class StoredTotals {

    private StoredTotals() {}

    /** Reads all totals in one statement, as balances do. */
    static List<BigDecimal> of(Clock clock, List<UsageTotal> totals) {
        var database = new Database(TestDatabase.source(), clock);
        return database.readPlanned(read -> {
            var scopes = new HashMap<String, Scope>();
            read.first(
                    new ShortRead.Opening("select " + Scope.METER + " from meter m where m.deleted_at is null"),
                    Map.of(),
                    row -> scopes.put(row.getString("meter_id"), Scope.of(row, Set.of(), Map.of())));
            var usage = UsageTotals.endOf(read, database);
            for (UsageTotal total : totals) {
                Scope meter = Objects.requireNonNull(scopes.get(total.meter().id()));
                usage.request(usage.add(meter.of(total.subjects(), total.filters())), total.window());
            }
            return usage.results();
        });
    }
}
