package dev.odometer.postgres.subscription;

import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.subscription.PlanReference;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.pricing.StoredPhases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps rows of the table of subscriptions. */
public final class StoredSubscription {

    /** Inserts a subscription, or stores what may change of one that exists. */
    static final String PUT = """
            insert into subscription (id, customer_id, name, description, metadata, plan_id, plan_key, plan_version,
                currency, billing_cadence, prorates_prices, settlement_mode, terms, billing_anchor, time_zone,
                active_from, active_to, phases, cost_basis_mode, previous_id, next_id, created_at, updated_at, deleted_at)
            values (:id, :customerId, :name, :description, :metadata, :planId, :planKey, :planVersion,
                :currency, :billingCadence, :proratesPrices, :settlementMode, :terms, :billingAnchor, :timeZone,
                :activeFrom, :activeTo, :phases, :costBasisMode, :previous, :next, :createdAt, :updatedAt, :deletedAt)
            on conflict (id) do update set active_to = excluded.active_to, phases = excluded.phases,
                next_id = excluded.next_id, updated_at = excluded.updated_at, deleted_at = excluded.deleted_at
            """;

    private StoredSubscription() {}

    static Map<String, @Nullable Object> columns(Subscription subscription) {
        PlanTerms terms = subscription.terms();
        PlanReference plan = subscription.plan();
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("id", subscription.id());
        columns.put("customerId", subscription.customerId());
        columns.put("name", subscription.name());
        columns.put("description", subscription.description());
        columns.put("metadata", DataJson.write(subscription.metadata()));
        columns.put("planId", plan == null ? null : plan.id());
        columns.put("planKey", plan == null ? null : plan.key());
        columns.put("planVersion", plan == null ? null : plan.version());
        columns.put("currency", terms.currency().getCurrencyCode());
        columns.put("billingCadence", terms.billingCadence().text());
        columns.put("proratesPrices", terms.proratesPrices());
        columns.put("settlementMode", terms.settlementMode());
        columns.put("terms", StoredPhases.write(terms.phases()));
        columns.put("billingAnchor", Micros.of(subscription.billingAnchor()));
        columns.put("timeZone", subscription.zone().getId());
        columns.put("activeFrom", Micros.of(subscription.activeFrom()));
        columns.put("activeTo", Micros.ofNullable(subscription.activeTo()));
        columns.put("phases", StoredTimeline.write(subscription.phases()));
        columns.put("costBasisMode", subscription.costBasisMode());
        columns.put("previous", subscription.previous());
        columns.put("next", subscription.next());
        columns.put("createdAt", Micros.of(subscription.createdAt()));
        columns.put("updatedAt", Micros.of(subscription.updatedAt()));
        columns.put("deletedAt", Micros.ofNullable(subscription.deletedAt()));
        return columns;
    }

    public static Subscription of(ResultSet row) throws SQLException {
        String planId = row.getString("plan_id");
        return new Subscription(
                row.getString("id"),
                row.getString("customer_id"),
                row.getString("name"),
                row.getString("description"),
                DataJson.texts(row.getString("metadata")),
                planId == null
                        ? null
                        : new PlanReference(planId, row.getString("plan_key"), row.getInt("plan_version")),
                new PlanTerms(
                        Currency.getInstance(row.getString("currency")),
                        CalendarDuration.parse("billingCadence", row.getString("billing_cadence")),
                        row.getBoolean("prorates_prices"),
                        row.getString("settlement_mode"),
                        StoredPhases.read(row.getString("terms"))),
                Micros.toInstant(row.getLong("billing_anchor")),
                ZoneId.of(row.getString("time_zone")),
                Micros.toInstant(row.getLong("active_from")),
                Micros.toInstant(row, "active_to"),
                StoredTimeline.read(row.getString("phases")),
                row.getString("cost_basis_mode"),
                row.getString("previous_id"),
                row.getString("next_id"),
                new Lifecycle(
                        Micros.toInstant(row.getLong("created_at")),
                        Micros.toInstant(row.getLong("updated_at")),
                        Micros.toInstant(row, "deleted_at")));
    }
}
