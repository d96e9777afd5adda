package dev.odometer.postgres;

import dev.odometer.notification.Rule;
import dev.odometer.notification.Watch;
import dev.odometer.postgres.jdbc.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules that notice something when usage is counted.
 *
 * @param usage by the id of the meter they look at
 * @param balances those that look at balances
 */
record LiveRules(Map<String, List<Rule>> usage, List<Rule> balances) {

    private static final String LIVE =
            "select rule from notification_rule where deleted_at is null and not disabled order by id";

    static LiveRules read(Database database) {
        var usage = new HashMap<String, List<Rule>>();
        var balances = new ArrayList<Rule>();
        for (Rule rule : all(database)) {
            if (rule.watch() instanceof Watch.OfUsage of) {
                usage.computeIfAbsent(of.meterId(), id -> new ArrayList<>()).add(rule);
            } else if (rule.watch() instanceof Watch.OfBalances) {
                balances.add(rule);
            }
        }
        return new LiveRules(usage, balances);
    }

    /** Also those that look at resets. */
    static List<Rule> all(Database database) {
        return database.sql()
                .sql(LIVE)
                .query((row, n) -> StoredRule.read(row.getString("rule")))
                .list();
    }

    boolean isEmpty() {
        return usage.isEmpty() && balances.isEmpty();
    }
}
