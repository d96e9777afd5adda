package dev.odometer.api.functions.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.filter.TextFilter.Op;
import dev.odometer.metering.filter.TimeFilter;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FiltersTest {

    private static final Map<String, Object> EQ = Map.of("$eq", "a");

    @ParameterizedTest
    @EnumSource(
            value = Op.class,
            names = {"IN", "NIN", "ALL", "ANY"},
            mode = EnumSource.Mode.EXCLUDE)
    void parsesEveryTextOperator(Op op) {
        String word = "$" + op.name().toLowerCase(Locale.ROOT);

        assertThat(Filters.DOLLAR.text("f", Map.of(word, "a"))).isEqualTo(TextFilter.of(op, "a"));
    }

    @Test
    void parsesListsOfValues() {
        assertThat(Filters.DOLLAR.text("f", Map.of("$in", List.of("a", "b"))))
                .isEqualTo(TextFilter.in(List.of("a", "b")));
        assertThat(Filters.PLAIN.choices("f", Map.of("in", List.of("a", "b")))).isEqualTo(Set.of("a", "b"));
        assertThat(Filters.PLAIN.choices("f", Map.of("eq", "a"))).isEqualTo(Set.of("a"));
    }

    @Test
    void boundsTheLengthOfAllPatterns() {
        Map<String, Object> pattern = Map.of("$ilike", "a".repeat(1024));

        assertThat(Filters.DOLLAR.text("f", Map.of("$or", Collections.nCopies(4, pattern))))
                .isNotNull();
        assertThatThrownBy(() -> Filters.DOLLAR.text("f", Map.of("$or", Collections.nCopies(5, pattern))))
                .hasMessage("f.$or must have patterns of at most 4096 characters in total, but has 5120");
    }

    @Test
    void parsesJoinedConditions() {
        assertThat(Filters.DOLLAR.text("f", Map.of("$or", List.of(EQ, EQ))))
                .isEqualTo(TextFilter.joined(Op.ANY, List.of(TextFilter.of(Op.EQ, "a"), TextFilter.of(Op.EQ, "a"))));
        assertThat(Filters.PLAIN.text("f", Map.of("and", List.of(Map.of("neq", "a")))))
                .isEqualTo(TextFilter.joined(Op.ALL, List.of(TextFilter.of(Op.NE, "a"))));
    }

    @Test
    void existsComparesWithTheEmptyText() {
        assertThat(Filters.PLAIN.text("f", Map.of("exists", true)).toPredicate())
                .accepts("a")
                .rejects("");
        assertThat(Filters.PLAIN.text("f", Map.of("exists", false)).toPredicate())
                .accepts("")
                .rejects("a");
    }

    @Test
    void containsMatchesWildcardsLiterally() {
        assertThat(Filters.PLAIN.text("f", Map.of("contains", "_%")).toPredicate())
                .accepts("a_%b")
                .rejects("abc");
        assertThat(Filters.PLAIN.text("f", Map.of("ncontains", "b")).toPredicate())
                .accepts("a")
                .rejects("abc");
    }

    @Test
    void parsesTimeFilters() {
        Instant time = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(Filters.DOLLAR.time("f", Map.of("$gte", "2026-01-01T01:00:00+01:00")))
                .isEqualTo(TimeFilter.of(TimeFilter.Op.GTE, time));
        assertThat(Filters.DOLLAR.time("f", Map.of("$and", List.of(Map.of("$lt", "2026-01-01T00:00:00Z")))))
                .isEqualTo(TimeFilter.joined(TimeFilter.Op.ALL, List.of(TimeFilter.of(TimeFilter.Op.LT, time))));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(null, "f must be an object with exactly one operator"),
                Arguments.of("a", "f must be an object with exactly one operator"),
                Arguments.of(List.of(EQ), "f must be an object with exactly one operator"),
                Arguments.of(Map.of(), "f must be an object with exactly one operator"),
                Arguments.of(Map.of("$eq", "a", "$ne", "b"), "f must be an object with exactly one operator"),
                Arguments.of(Map.of("eq", "a"), "f does not support the operator eq"),
                Arguments.of(Map.of("$", "a"), "f does not support the operator $"),
                Arguments.of(Map.of("", "a"), "f does not support the operator "),
                Arguments.of(Map.of("$EQ", "a"), "f does not support the operator $EQ"),
                Arguments.of(Map.of("$neq", "a"), "f does not support the operator $neq"),
                Arguments.of(Map.of("$eq", ""), "f.$eq must not be empty"),
                Arguments.of(Map.of("$eq", 5), "f.$eq must be a string"),
                Arguments.of(Collections.singletonMap("$eq", null), "f.$eq must be a string"),
                Arguments.of(Map.of("$eq", "a\0"), "f.$eq must contain neither NUL nor an unpaired surrogate"),
                Arguments.of(Map.of("$in", List.of()), "f.$in must be a list of 1 to 100 values"),
                Arguments.of(Map.of("$in", "a"), "f.$in must be a list of 1 to 100 values"),
                Arguments.of(Map.of("$in", Collections.nCopies(101, "a")), "f.$in must be a list of 1 to 100 values"),
                Arguments.of(Map.of("$in", Arrays.asList("a", null)), "f.$in[1] must be a string"),
                Arguments.of(Map.of("$like", "a\\"), "f: a LIKE pattern must not end with a backslash: a\\"),
                Arguments.of(Map.of("$exists", "yes"), "f.$exists must be true or false"),
                Arguments.of(Map.of("$and", List.of(EQ, "x")), "f.$and[1] must be an object with exactly one operator"),
                Arguments.of(
                        Map.of("$and", List.of(Map.of("$or", List.of(EQ)))),
                        "f.$and[0] does not support the operator $or"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void namesThePlaceOfTheError(@Nullable Object tree, String sentence) {
        assertThatThrownBy(() -> Filters.DOLLAR.text("f", tree))
                .isInstanceOf(Refusal.class)
                .hasMessage(sentence);
    }

    @Test
    void aTimeFilterRequiresTimes() {
        assertThatThrownBy(() -> Filters.DOLLAR.time("f", Map.of("$eq", "2026-01-01T00:00:00Z")))
                .hasMessage("f does not support the operator $eq");
        assertThatThrownBy(() -> Filters.DOLLAR.time("f", Map.of("$gt", "yesterday")))
                .hasMessage("f.$gt must be an RFC 3339 timestamp: yesterday");
    }

    @Property(tries = 500)
    void acceptsOrRefusesAnyTree(@ForAll("trees") @Nullable Object tree) {
        assertThat(outcome(() -> Filters.DOLLAR.text("f", tree))).isIn("understood", "refused");
        assertThat(outcome(() -> Filters.DOLLAR.time("f", tree))).isIn("understood", "refused");
        assertThat(outcome(() -> Filters.PLAIN.choices("f", tree))).isIn("understood", "refused");
    }

    private static String outcome(Runnable parse) {
        try {
            parse.run();
            return "understood";
        } catch (Refusal refusal) {
            return "refused";
        }
    }

    @Provide
    Arbitrary<@Nullable Object> trees() {
        Arbitrary<Object> leaves = Arbitraries.<Object>of("", "a", "%\\", "\ud83d", true, 1.5, new HashMap<>())
                .injectNull(0.1);
        Arbitrary<String> words = Arbitraries.of("$eq", "$in", "$and", "$or", "$like", "$gt", "eq", "in", "", "$");
        return Arbitraries.recursive(
                () -> leaves,
                tree -> Arbitraries.oneOf(
                        tree.list().ofMaxSize(2).map(Object.class::cast),
                        Arbitraries.maps(words, tree).ofMaxSize(2).map(Object.class::cast)),
                0,
                4);
    }
}
