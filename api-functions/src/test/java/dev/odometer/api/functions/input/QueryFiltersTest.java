package dev.odometer.api.functions.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.filter.TimeFilter;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryFiltersTest {

    private static QueryFilters filters(Map<String, String> filter) {
        return QueryFilters.of(filter, Set.of("key", "time"));
    }

    private static TextFilter text(Map<String, String> filter) {
        return Objects.requireNonNull(filters(filter).text("key"));
    }

    private static TimeFilter time(Map<String, String> filter) {
        return Objects.requireNonNull(filters(filter).time("time"));
    }

    @ParameterizedTest
    @CsvSource({
        "key, b, b, a",
        "key][eq, b, b, B",
        "key][neq, b, a, b",
        "key][gt, b, c, b",
        "key][gte, b, b, a",
        "key][lt, b, a, b",
        "key][lte, b, b, c",
        "key][contains, b%, ab%c, abc",
        "key][contains, B, abc, ac",
        "key][oeq, 'a,b', b, c",
        "key][ocontains, 'x,B', abc, c",
        "key][exists, true, a, ''",
        "key][exists, false, '', a",
    })
    void selectsTexts(String place, String value, String matched, String other) {
        var predicate = text(Map.of(place, value)).toPredicate();

        assertThat(predicate).accepts(matched).rejects(other);
    }

    @Test
    void severalFiltersOfAFieldMustAllMatch() {
        var predicate = text(Map.of("key][gt", "a", "key][lt", "c")).toPredicate();

        assertThat(predicate).accepts("b").rejects("a", "c");
    }

    @Test
    void selectsTimes() {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");

        assertThat(time(Map.of("time", "2026-01-01T12:00:00Z")).test(noon)).isTrue();
        assertThat(time(Map.of("time", "2026-01-01T12:00:00Z")).test(noon.plusMillis(1)))
                .isFalse();
        assertThat(time(Map.of("time][gte", "2026-01-01T13:00:00+01:00", "time][lt", "2026-01-01T12:00:01Z"))
                        .test(noon))
                .isTrue();
    }

    @Test
    void withoutAFilterEverythingMatches() {
        assertThat(QueryFilters.of(null, Set.of("key")).text("key")).isNull();
        assertThat(filters(Map.of()).time("time")).isNull();
        assertThat(filters(Map.of()).choices("key")).isEmpty();
    }

    @Test
    void readsChoices() {
        assertThat(filters(Map.of("key", "a")).choices("key")).containsExactly("a");
        assertThat(filters(Map.of("key][oeq", "a,b,a")).choices("key")).containsExactly("a", "b");
        assertThatThrownBy(() -> filters(Map.of("key][neq", "a")).choices("key"))
                .hasMessage("filter[key] does not support the operator neq");
        assertThatThrownBy(() -> filters(Map.of("key", "a", "key][oeq", "a")).choices("key"))
                .hasMessage("filter[key] must have one operator");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name|a|unknown parameter: filter[name]",
                "key][like|a|filter[key] does not support the operator like",
                "key][eq][x|a|filter[key] does not support the operator eq][x",
                "key]|a|unknown parameter: filter[key]]",
                "key|''|filter[key] must not be empty",
                "key][oeq|a,,b|filter[key] must be a list of 1 to 100 values: a,,b",
                "key][exists|yes|filter[key][exists] must be one of false, true: yes",
            })
    void refusesOtherFilters(String place, String value, String message) {
        assertThatThrownBy(() -> text(Map.of(place, value))).hasMessage(message);
    }

    @Test
    void refusesOtherTimes() {
        assertThatThrownBy(() -> time(Map.of("time][gte", "today")))
                .hasMessage("filter[time][gte] must be an RFC 3339 timestamp: today");
        assertThatThrownBy(() -> time(Map.of("time][neq", "2026-01-01T12:00:00Z")))
                .hasMessage("filter[time] does not support the operator neq");
        assertThatThrownBy(() -> filters(Map.of("key", "a", "key][eq", "a")))
                .hasMessage("filter[key] must be given at most once");
    }
}
