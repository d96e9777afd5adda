package dev.odometer.postgres;

import dev.odometer.notification.RuleEvaluation;
import dev.odometer.notification.Rule;
import dev.odometer.notification.Watch;
import dev.odometer.postgres.jdbc.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules that are neither disabled nor deleted. */
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
