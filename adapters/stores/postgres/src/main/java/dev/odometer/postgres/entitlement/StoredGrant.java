package dev.odometer.postgres.entitlement;

import dev.odometer.metering.entitlement.Grant;
import dev.odometer.metering.entitlement.GrantSearch;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.entitlement.UsagePeriod;
import dev.odometer.metering.resource.Page;
import dev.odometer.postgres.jdbc.Conditions;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Rows;
import dev.odometer.postgres.jdbc.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps rows of the table of grants. */
final class StoredGrant {

    /** Inserts any number of grants, given as a JSON array of rows. */
    private static final String INSERT = """
            insert into entitlement_grant
            select * from jsonb_populate_recordset(null::entitlement_grant, cast(:rows as jsonb))
            """;

    private static final String COLUMNS = """
            id, entitlement_id, amount, priority, effective_at, expiration_unit, expiration_count, rollover_least,
                rollover_most, recurrence_months, recurrence_time, recurrence_anchor, metadata, annotations, created_at,
                voided_at""";

    /**
     * The grants and, as {@link Grant#ofAllowance} has it, the allowance {@code g} of each entitlement {@code e}: lateral,
     * so that a filter on entitlements or customers reads only their grants.
     */
    private static final String FROM = """
            entitlement e cross join lateral (
                select %s from entitlement_grant where entitlement_id = e.id
                union all
                select e.id, e.id, e.allowance, e.priority, e.measure_from, null, null, e.allowance, e.allowance, null,
                    null, null, '{}', '{"%s":true}', e.created_at, null
                where e.allowance > 0) g
            """.formatted(COLUMNS, Grant.ISSUE_AFTER_RESET);

    /**
     * The grants that may count in the same period as a new one, and perhaps more: those that begin within the longest
     * period of it, and those that may count in any period.
     */
    private static final String OTHER_GRANTS = """
            select * from entitlement_grant
            where entitlement_id = :id and voided_at is null
                and (rollover_most > 0 or recurrence_months is not null
                    or abs(greatest(effective_at, :measureFrom) - greatest(:effectiveAt, :measureFrom)) < :longest)
            """;

    private StoredGrant() {}

    static int insert(Database database, List<Grant> grants) {
        return database.sql()
                .sql(INSERT)
                .param(
                        "rows",
                        DataJson.write(grants.stream().map(StoredGrant::columns).toList()))
                .update();
    }

    /** Grants of the entitlement that may be active in one period with the new grant, and perhaps others. */
    static List<Grant> others(Database database, Grant grant, Terms.Metered terms) {
        return database.sql()
                .sql(OTHER_GRANTS)
                .param("id", grant.entitlementId())
                .param("effectiveAt", Micros.of(grant.effectiveAt()))
                .param("measureFrom", Micros.of(terms.measureFrom()))
                .param("longest", Micros.of(terms.period().maxLength()))
                .query((row, n) -> of(row, ""))
                .list();
    }

    static Optional<Grant> find(Database database, String id) {
        return database.sql()
                .sql("select * from entitlement_grant where id = :id")
                .param("id", Texts.key(id))
                .query((row, n) -> of(row, ""))
                .optional();
    }

    static Page<Grant> list(Database database, GrantSearch search) {
        var conditions = new Conditions();
        if (!search.includeDeleted()) {
            conditions.add("e.deleted_at is null");
        }
        conditions.any(search.entitlements(), "e.id");
        conditions.any(search.customers(), "e.customer_id");
        conditions.any(search.features(), "e.feature_id", "e.feature_key");
        String column = switch (search.order()) {
            case ID -> "g.id";
            case CREATED_AT -> "g.created_at";
            case UPDATED_AT -> "greatest(g.created_at, g.voided_at)";
            case EFFECTIVE_AT -> "g.effective_at";
        };
        String order = column + (search.descending() ? " desc, g.id desc" : ", g.id");
        return new Rows<>("g.*", FROM, order, row -> of(row, "")).page(database, conditions, search.page());
    }

    private static Map<String, @Nullable Object> columns(Grant grant) {
        Grant.Expiration expiration = grant.expiration();
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("id", grant.id());
        columns.put("entitlement_id", grant.entitlementId());
        columns.put("amount", grant.amount());
        columns.put("priority", grant.priority());
        columns.put("effective_at", Micros.of(grant.effectiveAt()));
        columns.put(
                "expiration_unit", expiration == null ? null : expiration.unit().name());
        columns.put("expiration_count", expiration == null ? null : expiration.count());
        columns.put("rollover_least", grant.rollover().min());
        columns.put("rollover_most", grant.rollover().max());
        UsagePeriod recurrence = grant.recurrence();
        columns.put("recurrence_months", recurrence == null ? null : recurrence.months());
        columns.put("recurrence_time", recurrence == null ? null : Micros.of(recurrence.time()));
        columns.put("recurrence_anchor", recurrence == null ? null : Micros.of(recurrence.anchor()));
        columns.put("metadata", DataJson.write(grant.metadata()));
        columns.put("annotations", DataJson.write(grant.annotations()));
        columns.put("created_at", Micros.of(grant.createdAt()));
        columns.put("voided_at", Micros.ofNullable(grant.voidedAt()));
        return columns;
    }

    /** @param prefix the prefix of the column names in the row */
    static Grant of(ResultSet row, String prefix) throws SQLException {
        String unit = row.getString(prefix + "expiration_unit");
        String metadata = row.getString(prefix + "metadata");
        String annotations = row.getString(prefix + "annotations");
        int count = row.getInt(prefix + "expiration_count");
        return new Grant(
                row.getString(prefix + "id"),
                row.getString(prefix + "entitlement_id"),
                row.getBigDecimal(prefix + "amount"),
                row.getInt(prefix + "priority"),
                Micros.toInstant(row.getLong(prefix + "effective_at")),
                unit == null ? null : new Grant.Expiration(Grant.Expiration.Unit.valueOf(unit), count),
                new Grant.Rollover(
                        row.getBigDecimal(prefix + "rollover_least"), row.getBigDecimal(prefix + "rollover_most")),
                recurrence(row, prefix),
                metadata.equals("{}") ? Map.of() : DataJson.texts(metadata),
                annotations.equals("{}") ? Map.of() : DataJson.object(annotations),
                Micros.toInstant(row.getLong(prefix + "created_at")),
                Micros.toInstant(row, prefix + "voided_at"));
    }

    private static @Nullable UsagePeriod recurrence(ResultSet row, String prefix) throws SQLException {
        long months = row.getLong(prefix + "recurrence_months");
        return row.wasNull()
                ? null
                : new UsagePeriod(
                        months,
                        Micros.toDuration(row.getLong(prefix + "recurrence_time")),
                        Micros.toInstant(row.getLong(prefix + "recurrence_anchor")));
    }
}
