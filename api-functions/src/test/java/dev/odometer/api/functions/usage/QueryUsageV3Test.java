package dev.odometer.api.functions.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.Store;
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

    private final Store store = new Store();
    private final Meter tokens = store.tokens();
    private final QueryUsageV3 query = new QueryUsageV3(store.knownMeters, store.log, store.knownCustomers);

    @BeforeEach
    void someTokensAreUsed() {
        store.used("acme", "2026-01-01T10:00:30Z", "2000.50");
        store.used("beta", "2026-01-02T10:00:30Z", 7);
    }

    private UsageResponseV3 ask(@Nullable Map<String, @Nullable Object> conditions, @Nullable String... dimensions) {
        var filters = conditions == null ? null : new QueryUsageV3.Conditions(conditions);
        return query.apply(
                new QueryUsageV3.Input(tokens.id(), FROM, TO, null, null, Arrays.asList(dimensions), filters));
    }

    private UsageResponseV3 ask(@Nullable Granularity granularity, @Nullable String zone) {
        return query.apply(new QueryUsageV3.Input(tokens.id(), null, null, granularity, zone, null, null));
    }

    @Test
    void valuesAreTextsInPlainDigits() {
        UsageResponseV3 answer = ask((Map<String, @Nullable Object>) null);

        assertThat(answer.from()).isEqualTo(FROM);
        assertThat(answer.data()).containsExactly(new Row("2007.5", FROM, TO, Map.of()));
    }

    @Test
    void windowsHaveTheGranularity() {
        UsageResponseV3 answer = ask(Granularity.P1D, "Europe/Berlin");

        assertThat(answer.from()).isNull();
        assertThat(answer.data())
                .extracting(Row::from)
                .containsExactly(Instant.parse("2025-12-31T23:00:00Z"), Instant.parse("2026-01-01T23:00:00Z"));
        assertThat(ask(Granularity.P1M, null).data()).hasSize(1);
        assertThat(ask(Granularity.PT1H, null).data()).hasSize(2);
        assertThat(ask(Granularity.PT1M, null).data()).hasSize(2);
        assertThatThrownBy(() -> ask(Granularity.P1D, "Mars")).hasMessage("invalid time zone: Mars");
    }

    @Test
    void subjectsAndCustomersAreDimensions() {
        String id = store.customer("acme").id();

        assertThat(ask(Map.of("customer_id", Map.of("in", List.of(id))), "subject")
                        .data())
                .extracting(Row::dimensions)
                .containsExactly(Map.of("subject", "acme", "customer_id", id));
        assertThat(ask(Map.of("subject", Map.of("eq", "beta"))).data())
                .extracting(Row::value)
                .containsExactly("7");
    }

    @Test
    void filtersByConditionsOnDimensions() {
        assertThat(ask(Map.of("model", Map.of("contains", "gpt"))).data()).hasSize(1);
        assertThat(ask(Map.of("model", Map.of("exists", false))).data()).isEmpty();
    }

    @Test
    void refusesWhatItsDialectDoesNotKnow() {
        assertThatThrownBy(() -> ask(Map.of("model", Map.of("$eq", "a"))))
                .hasMessage("filters.dimensions.model does not support the operator $eq");
        assertThatThrownBy(() -> ask(Map.of("subject", Map.of("neq", "a"))))
                .hasMessage("filters.dimensions.subject does not support the operator neq");
        assertThatThrownBy(() -> ask(Map.of("colour", Map.of("eq", "a"))))
                .hasMessage("invalid group by filter: colour");
        assertThatThrownBy(() -> ask(Collections.singletonMap("model", null)))
                .hasMessage("filters.dimensions.model must be an object with exactly one operator");
    }

    @Test
    void takesTenDimensions() {
        var conditions = new HashMap<String, @Nullable Object>();
        "abcdefghijk".chars().forEach(c -> conditions.put(Character.toString(c), Map.of("eq", "a")));

        assertThatThrownBy(() -> ask(null, "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a"))
                .hasMessage("group_by_dimensions must have at most 10 values");
        assertThatThrownBy(() -> ask(conditions)).hasMessage("filters.dimensions must have at most 10 dimensions");
    }

    @Test
    void takesTheIdButNotTheSlug() {
        var input = new QueryUsageV3.Input("tokens", null, null, null, null, null, null);

        assertThatThrownBy(() -> query.apply(input)).hasMessage("meter not found: tokens");
    }

    @Test
    void asATableItNamesCustomers() {
        String id = store.customer("acme").id();

        UsageResponseV3 answer = ask(Map.of("customer_id", Map.of("eq", id)), "model", "subject");

        assertThat(answer.columns())
                .containsExactly(
                        "from", "to", "subject", "customer_id", "customer_key", "customer_name", "model", "value");
        assertThat(answer.cells())
                .containsExactly(List.of(
                        "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "acme", id, "acme", "acme", "gpt-4", "2000.5"));
        assertThat(answer.tableName()).isEqualTo("tokens");
    }
}
