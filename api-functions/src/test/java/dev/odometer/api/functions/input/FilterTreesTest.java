package dev.odometer.api.functions.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.filter.TextFilter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A filter is shown as the tree that it was parsed from. */
class FilterTreesTest {

    static Stream<Map<String, Object>> trees() {
        return Stream.of(
                Map.of("eq", "a"),
                Map.of("neq", "a"),
                Map.of("in", List.of("a", "b")),
                Map.of("nin", List.of("a", "b")),
                Map.of("contains", "50%_\\"),
                Map.of("ncontains", "a"),
                Map.of("and", List.of(Map.of("neq", "a"), Map.of("contains", "b"))),
                Map.of("or", List.of(Map.of("eq", "a"), Map.of("in", List.of("b")))));
    }

    @ParameterizedTest
    @MethodSource("trees")
    void inVersion3(Map<String, Object> tree) {
        assertThat(Filters.PLAIN.tree(Filters.PLAIN.text("filter", tree))).isEqualTo(tree);
    }

    @Test
    void operatorsThatVersion3DoesNotHaveKeepTheirNames() {
        assertThat(Filters.PLAIN.tree(TextFilter.of(TextFilter.Op.GT, "a"))).isEqualTo(Map.of("gt", "a"));
        assertThat(Filters.PLAIN.tree(TextFilter.of(TextFilter.Op.LIKE, "a%"))).isEqualTo(Map.of("like", "a%"));
        assertThat(Filters.DOLLAR.tree(TextFilter.of(TextFilter.Op.NE, "a"))).isEqualTo(Map.of("$ne", "a"));
    }
}
