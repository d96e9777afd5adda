package dev.odometer.postgres.query;

import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Aggregation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/**
 * The series that a total is computed from.
 *
 * @param backlogged whether the backfill of the meter is incomplete
 */
public record Scope(
        String meterId,
        long rollup,
        Aggregation aggregation,
        boolean backlogged,
        Set<String> subjects,
        Map<String, TextFilter> filters) {

    /** The columns of a meter {@code m} that {@link #of(ResultSet, Set, Map)} reads. */
    public static final String METER =
            "m.id as meter_id, m.rollup, m.aggregation, m.backfill_to is not null as backlogged";

    /** Maps the columns of {@link #METER}. */
    public static Scope of(ResultSet row, Set<String> subjects, Map<String, TextFilter> filters) throws SQLException {
        return new Scope(
                row.getString("meter_id"),
                row.getLong("rollup"),
                Aggregation.valueOf(row.getString("aggregation")),
                row.getBoolean("backlogged"),
                subjects,
                filters);
    }

    public Scope of(Set<String> otherSubjects, Map<String, TextFilter> otherFilters) {
        return new Scope(meterId, rollup, aggregation, backlogged, otherSubjects, otherFilters);
    }
}
