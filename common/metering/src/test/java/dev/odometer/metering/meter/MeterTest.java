package dev.odometer.metering.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static MeterDraft draft(
            @Nullable Aggregation aggregation, @Nullable String value, Map<String, String> groups) {
        return new MeterDraft(
                "calls", null, "all calls", Map.of("team", "a"), aggregation, "call", null, value, groups);
    }

    private static Meter calls() {
        return draft(Aggregation.COUNT, null, Map.of("route", "$.route")).toMeter("01ARZ3NDEKTSV4RRFFQ69G5FAV", NOW);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, $.a, b=$.b, aggregation is required",
                "SUM, -, b=$.b, valueProperty is required for aggregation SUM",
                "COUNT, $.a, b=$.b, valueProperty is not allowed for aggregation COUNT",
                "SUM, a, b=$.b, 'valueProperty: JSONPath must start with $ and have at most 512 characters: a'",
                "SUM, $.a, b=$.a, groupBy b must differ from valueProperty: $.a",
                "SUM, $.a, 1b=$.b, 'groupBy key must be a letter or _, then letters, digits and _: 1b'",
                "SUM, $.a, subject=$.b, groupBy key is reserved: subject",
                "SUM, $.a, customer_id=$.b, groupBy key is reserved: customer_id"
            })
    void refusesAnInvalidMeter(@Nullable Aggregation aggregation, @Nullable String value, String key, String sentence) {
        String[] parts = key.split("=");

        assertThatThrownBy(() ->
                        draft(aggregation, value, Map.of(parts[0], parts[1])).toMeter("id", NOW))
                .isInstanceOf(Refusal.class)
                .hasMessage(sentence);
    }

    @Test
    @SuppressWarnings("NullAway") // JSON may contain null
    void refusesAGroupByWithoutAPath() {
        var groups = new HashMap<String, String>();
        groups.put("route", null);

        assertThatThrownBy(() -> draft(Aggregation.COUNT, null, groups).toMeter("id", NOW))
                .hasMessage("groupBy.route must be a JSONPath");
    }

    @Test
    void resetsAbsentFieldsExceptDescriptionAndMetadata() {
        Meter changed = calls().changed(new MeterChange(null, null, null, null), NOW.plusSeconds(1));

        assertThat(changed.name()).isEqualTo("calls");
        assertThat(changed.groupBy()).isEmpty();
        assertThat(changed.description()).isEqualTo("all calls");
        assertThat(changed.metadata()).containsEntry("team", "a");
        assertThat(changed.updatedAt()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void countsEventsFromItsStart() {
        var draft = new MeterDraft("calls", null, null, null, Aggregation.COUNT, "call", NOW, null, null);

        assertThat(draft.toMeter("id", NOW).covers(NOW)).isTrue();
        assertThat(draft.toMeter("id", NOW).covers(NOW.minusNanos(1000))).isFalse();
    }
}
