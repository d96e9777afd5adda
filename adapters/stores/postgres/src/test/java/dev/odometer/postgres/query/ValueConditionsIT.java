package dev.odometer.postgres.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.filter.TextFilter.Op;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.UsageRow;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueConditionsIT {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final List<String> MODELS = List.of(
            "", "null", "a", "A", "a\"b\\c", "a/b", "<&>", "\t\n\u007f", "\u0001", "é", "e\u0301", "😀", "\u2028");

    private final Meter meter = new MeterDraft(
                    "calls",
                    null,
                    null,
                    null,
                    Aggregation.COUNT,
                    "call",
                    null,
                    null,
                    new TreeMap<>(Map.of("model", "$.model", "region", "$.region")))
            .toMeter("01K00000000000000000000000", NOW);

    private ValueConditions conditions(TextFilter filter) {
        return new ValueConditions(meter, Map.of("region", filter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EQ", "IN"})
    void findsEachValue(Op op) {
        PostgresStore store = TestDatabase.emptyStore(Clock.fixed(NOW, ZoneOffset.UTC));
        store.meters().add(meter);
        for (String model : MODELS) {
            Map<String, Object> data = Map.of("model", model, "region", "a");
            store.usage()
                    .append(List.of(
                            new UsageEvent("1.0", "e" + model.hashCode(), "s", "call", "acme", NOW, null, null, data)));
        }

        assertThat(MODELS).allSatisfy(model -> {
            var filters =
                    Map.of("model", new TextFilter(op, List.of(model), List.of()), "region", TextFilter.of(op, "a"));
            assertThat(store.usage().query(query(filters)))
                    .extracting(UsageRow::groupBy)
                    .containsExactly(Map.of("model", model));
        });
        assertThat(store.usage().query(query(Map.of("model", TextFilter.of(op, "b")))))
                .isEmpty();
    }

    private UsageQuery query(Map<String, TextFilter> filters) {
        return new UsageQuery(
                meter, Range.ALL, null, ZoneOffset.UTC, null, null, false, false, List.of("model"), filters);
    }

    /** A small table is scanned unless that is switched off. */
    @Test
    void theIndexSupportsThem() throws SQLException {
        String condition = conditions(TextFilter.of(Op.EQ, "eu")).sql();
        String series = "select id from series where true" + condition;

        try (Connection connection = TestDatabase.source().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local enable_seqscan = off");
            ResultSet plan = statement.executeQuery(
                    "explain (format json) " + series.replace(":rollup", "1").replace(":values0", "array['\"eu\"']"));
            plan.next();
            assertThat(plan.getString(1)).contains("\"Index Name\": \"series_of_value\"");
            connection.rollback();
        }
    }

    @Test
    void anEqualityIsRequiredAloneOrInAConjunction() {
        TextFilter equal = TextFilter.in(List.of("eu", "us"));
        TextFilter like = TextFilter.of(Op.LIKE, "e%");

        assertThat((String[]) conditions(equal).parameters().get("values0")).containsExactly("\"eu\"", "\"us\"");
        assertThat(conditions(TextFilter.joined(Op.ALL, List.of(like, equal))).parameters())
                .hasSize(1);
    }

    @Test
    void otherFiltersAreNoConditions() {
        TextFilter equal = TextFilter.of(Op.EQ, "eu");
        List<TextFilter> others = List.of(
                TextFilter.of(Op.NE, "eu"),
                TextFilter.of(Op.ILIKE, "eu"),
                TextFilter.of(Op.GTE, "eu"),
                TextFilter.of(Op.EQ, "\ud800"),
                TextFilter.joined(Op.ANY, List.of(equal, TextFilter.of(Op.LIKE, "u%"))));

        assertThat(others).allMatch(other -> conditions(other).sql().isEmpty());
        assertThat(new ValueConditions(meter, Map.of("unknown", equal)).sql()).isEmpty();
    }
}
