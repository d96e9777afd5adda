package dev.odometer.postgres.notification;

import dev.odometer.metering.notification.RuleEvaluation;
import dev.odometer.postgres.jdbc.Database;

/** Reads the rules that are neither disabled nor deleted. */
final class LiveRules {

    private static final String LIVE =
            "select rule from notification_rule where deleted_at is null and not disabled order by id";

    private LiveRules() {}

    static RuleEvaluation read(Database database) {
        return RuleEvaluation.of(database.sql()
                .sql(LIVE)
                .query((row, n) -> StoredRule.read(row.getString("rule")))
                .list());
    }
}
