package dev.odometer.postgres.pricing;

import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Label;
import dev.odometer.metering.pricing.Plan;
import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps rows of the table of plans. */
final class StoredPlan {

    private StoredPlan() {}

    static Plan of(ResultSet row) throws SQLException {
        return new Plan(
                row.getString("id"),
                new Label(
                        row.getString("key"),
                        row.getString("name"),
                        row.getString("description"),
                        DataJson.texts(row.getString("metadata"))),
                row.getInt("version"),
                new PlanTerms(
                        Currency.getInstance(row.getString("currency")),
                        CalendarDuration.parse("billingCadence", row.getString("billing_cadence")),
                        row.getBoolean("prorates_prices"),
                        row.getString("settlement_mode"),
                        StoredPhases.read(row.getString("phases"))),
                effective(row),
                new Lifecycle(
                        Micros.toInstant(row.getLong("created_at")),
                        Micros.toInstant(row.getLong("updated_at")),
                        Micros.toInstant(row, "deleted_at")));
    }

    private static Plan.@Nullable Effective effective(ResultSet row) throws SQLException {
        Instant from = Micros.toInstant(row, "effective_from");
        return from == null ? null : new Plan.Effective(from, Micros.toInstant(row, "effective_to"));
    }

    /** The columns that an update of a draft may change. */
    static Map<String, @Nullable Object> columns(Plan plan) {
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("id", plan.id());
        columns.put("name", plan.label().name());
        columns.put("description", plan.label().description());
        columns.put("metadata", DataJson.write(plan.label().metadata()));
        columns.put("billingCadence", plan.terms().billingCadence().text());
        columns.put("proratesPrices", plan.terms().proratesPrices());
        columns.put("settlementMode", plan.terms().settlementMode());
        columns.put("phases", StoredPhases.write(plan.terms().phases()));
        columns.put("updatedAt", Micros.of(plan.updatedAt()));
        return columns;
    }
}
