package dev.odometer.postgres.notification;

import dev.odometer.metering.notification.RuleEvaluation;
import dev.odometer.postgres.jdbc.Database;

/** Reads the rules that are neither disabled nor deleted. */
final class LiveRules {

    private static final String LIVE =
            "select rule from notification_rule where deleted_at is null and not disabled%s order by id";
    private static final String ALL = LIVE.formatted("");
    // Rules on usage and balances can be many, and are not needed for an invoice.
    private static final String OF_INVOICES = LIVE.formatted(" and rule::jsonb ->> 'type' like 'invoice.%'");

    private LiveRules() {}

    static RuleEvaluation read(Database database) {
        return read(database, ALL);
    }

    static RuleEvaluation ofInvoices(Database database) {
        return read(database, OF_INVOICES);
    }

    private static RuleEvaluation read(Database database, String query) {
        return RuleEvaluation.of(database.sql()
                .sql(query)
                .query((row, n) -> StoredRule.read(row.getString("rule")))
                .list());
    }
}
