package dev.odometer.postgres.invoice;

import dev.odometer.metering.entitlement.Feature.Measure;
import dev.odometer.metering.invoice.Settlement;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.query.UsageTotals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the usage of any number of settlements in a constant number of statements. */
final class SettlementUsage {

    private final Accounts accounts;
    private final UsageTotals totals;
    /** The numbers of the scopes; all periods of an item, and items of one feature, share one. */
    private final Map<ScopeKey, Integer> scopes = new HashMap<>();

    private SettlementUsage(Database database, Accounts accounts) {
        this.accounts = accounts;
        this.totals = UsageTotals.whileWriting(database);
    }

    private record ScopeKey(Measure measure, Set<String> subjects) {}

    /** For each settlement the values of {@link Settlement#usage}. */
    static List<List<BigDecimal>> of(Database database, Accounts accounts, List<Settlement> settlements) {
        return new SettlementUsage(database, accounts).read(settlements);
    }

    private List<List<BigDecimal>> read(List<Settlement> settlements) {
        var positions = new ArrayList<List<Integer>>();
        int[] next = {0};
        for (Settlement settlement : settlements) {
            var ofSettlement = new ArrayList<Integer>();
            for (Settlement.Usage usage : settlement.usage()) {
                ofSettlement.add(isEmpty(usage) ? -1 : next[0]++);
                request(usage);
            }
            positions.add(ofSettlement);
        }
        List<BigDecimal> results = totals.results();
        return positions.stream()
                .map(ofSettlement -> ofSettlement.stream()
                        .map(position -> position < 0 ? BigDecimal.ZERO : results.get(position))
                        .toList())
                .toList();
    }

    private static boolean isEmpty(Settlement.Usage usage) {
        return !usage.range().start().isBefore(usage.range().end());
    }

    private void request(Settlement.Usage usage) {
        if (!isEmpty(usage)) {
            var key = new ScopeKey(usage.metered().measure(), Set.copyOf(usage.subjects()));
            int scope = scopes.computeIfAbsent(key, this::add);
            totals.request(scope, usage.range());
        }
    }

    private int add(ScopeKey key) {
        return totals.add(accounts.scope(key.measure.meterId()).of(key.subjects, key.measure.filters()));
    }
}
