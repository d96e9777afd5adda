package dev.odometer.api.functions.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.api.functions.usage.QueryUsageV3.Granularity;
import dev.odometer.api.functions.usage.UsageResponseV3.Row;
import dev.odometer.metering.meter.Meter;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueryUsageV3Test {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-02-01T00:00:00Z");

    private final ApiFixture fixture = new ApiFixture();
    private final Meter tokens = fixture.tokens();
    private final QueryUsageV3 query =
            new QueryUsageV3(fixture.meterLookup, fixture.log, fixture.customerLookup, ApiFixture.MAX_ROWS);

    @BeforeEach
    void recordUsage() {
        fixture.used("acme", "2026-01-01T10:00:30Z", "2000.50");
        fixture.used("beta", "2026-01-02T10:00:30Z", 7);
    }

    private UsageResponseV3 run(@Nullable Map<String, @Nullable Object> conditions, @Nullable String... dimensions) {
        var filters = conditions == null ? null : new QueryUsageV3.Conditions(conditions);
        return query.apply(
                new QueryUsageV3.Input(tokens.id(), FROM, TO, null, null, Arrays.asList(dimensions), filters));
    }

    private UsageResponseV3 run(@Nullable Granularity granularity, @Nullable String zone) {
        return query.apply(new QueryUsageV3.Input(tokens.id(), null, null, granularity, zone, null, null));
    }

    @Test
    void returnsValuesAsTextInPlainDigits() {
        UsageResponseV3 response = run((Map<String, @Nullable Object>) null);

        assertThat(response.from()).isEqualTo(FROM);
        assertThat(response.data()).containsExactly(new Row("2007.5", FROM.toString(), TO.toString(), Map.of()));
    }

    @Test
    void groupsByWindowsOfTheGranularity() {
        UsageResponseV3 response = run(Granularity.P1D, "Europe/Berlin");

        assertThat(response.from()).isNull();
        assertThat(response.data())
                .extracting(Row::from)
                .containsExactly("2026-01-01T00:00:00+01:00", "2026-01-02T00:00:00+01:00");
        assertThat(run(Granularity.P1M, null).data()).hasSize(1);
        assertThat(run(Granularity.PT1H, null).data()).hasSize(2);
        assertThat(run(Granularity.PT1M, null).data()).hasSize(2);
        assertThatThrownBy(() -> run(Granularity.P1D, "Mars")).hasMessage("time_zone: invalid time zone: Mars");
    }

    @Test
    void subjectsAndCustomersAreDimensions() {
        String id = fixture.customer("acme").id();

        assertThat(run(Map.of("customer_id", Map.of("in", List.of(id))), "subject")
                        .data())
                .extracting(Row::dimensions)
                .containsExactly(Map.of("subject", "acme", "customer_id", id));
        assertThat(run(Map.of("subject", Map.of("eq", "beta"))).data())
                .extracting(Row::value)
                .containsExactly("7");
    }

    @Test
    void filtersByConditionsOnDimensions() {
        assertThat(run(Map.of("model", Map.of("contains", "gpt"))).data()).hasSize(1);
        assertThat(run(Map.of("model", Map.of("exists", false))).data()).isEmpty();
    }

    @Test
    void refusesOperatorsOfOtherVersions() {
        assertThatThrownBy(() -> run(Map.of("model", Map.of("$eq", "a"))))
                .hasMessage("filters.dimensions.model does not support the operator $eq");
        assertThatThrownBy(() -> run(Map.of("subject", Map.of("neq", "a"))))
                .hasMessage("filters.dimensions.subject does not support the operator neq");
        assertThatThrownBy(() -> run(Map.of("colour", Map.of("eq", "a"))))
                .hasMessage("invalid group by filter: colour");
        assertThatThrownBy(() -> run(Collections.singletonMap("model", null)))
                .hasMessage("filters.dimensions.model must be an object with exactly one operator");
    }

    @Test
    void acceptsAtMostTenDimensions() {
        var conditions = new HashMap<String, @Nullable Object>();
        "abcdefghijk".chars().forEach(c -> conditions.put(Character.toString(c), Map.of("eq", "a")));

        assertThatThrownBy(() -> run(null, "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a"))
                .hasMessage("group_by_dimensions must have at most 10 values");
        assertThatThrownBy(() -> run(conditions)).hasMessage("filters.dimensions must have at most 10 dimensions");
    }

    @Test
    void acceptsTheIdButNotTheSlug() {
        var input = new QueryUsageV3.Input("tokens", null, null, null, null, null, null);

        assertThatThrownBy(() -> query.apply(input)).hasMessage("meter not found: tokens");
    }

    @Test
    void theTableNamesCustomers() {
        String id = fixture.customer("acme").id();

        UsageResponseV3 response = run(Map.of("customer_id", Map.of("eq", id)), "model", "subject");

        assertThat(response.columns())
                .containsExactly(
                        "from", "to", "subject", "customer_id", "customer_key", "customer_name", "model", "value");
        assertThat(response.cells())
                .containsExactly(List.of(
                        "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "acme", id, "acme", "acme", "gpt-4", "2000.5"));
        assertThat(response.tableName()).isEqualTo("tokens");
    }
}
