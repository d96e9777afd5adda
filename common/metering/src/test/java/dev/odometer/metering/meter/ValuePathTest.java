package dev.odometer.metering.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuePathTest {

    private static final Map<String, @Nullable Object> DATA =
            Map.of("a", Map.of("b", List.of("zero", Map.of("c d", "deep"))), "x-y", "dash", "", "nameless");

    @ParameterizedTest
    @CsvSource({
        "$.a.b[0], zero",
        "$.a['b'][1]['c d'], deep",
        "'$[\"a\"].b[1][\"c d\"]', deep",
        "'$[\"x-y\"]', dash",
        "'$[\"\"]', nameless"
    })
    void selectsOneNode(String path, String value) {
        assertThat(ValuePath.parse(path).read(DATA)).contains(new ValuePath.Node(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$.b", "$.a.c", "$.a[0]", "$.a.b.c", "$.a.b[2]", "$.a.b[999999999]", "$[0]"})
    void isEmptyForAMissingNode(String path) {
        assertThat(ValuePath.parse(path).read(DATA)).isEmpty();
    }

    @Test
    void distinguishesJsonNullFromAMissingNode() {
        var data = new HashMap<String, @Nullable Object>();
        data.put("a", null);

        assertThat(ValuePath.parse("$.a").read(data)).contains(new ValuePath.Node(null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "$",
                "$.",
                "$..a",
                "$.*",
                "$[*]",
                "$.a[-1]",
                "$.a[0:2]",
                "$.a[?(@.b)]",
                "$.a-b",
                "$.1a",
                "$a",
                "$.a b",
                "$.a[",
                "$.a[\"b]",
                "$[\"a\"",
                "$.a.",
                " $.a",
                "$.a ",
                "$['a\"']x",
                "$.a[1234567890]",
                "$[\"\0\"]",
                "$[\"\ud83d\"]",
                "$.é"
            })
    void refusesUnsupportedPaths(String path) {
        assertThatThrownBy(() -> ValuePath.parse(path)).isInstanceOf(Refusal.class);
    }

    @Test
    void refusesPathsOfMoreThan512Characters() {
        assertThatThrownBy(() -> ValuePath.parse("$" + ".a".repeat(256))).isInstanceOf(Refusal.class);
        assertThat(ValuePath.parse("$" + ".a".repeat(255)).read(DATA)).isEmpty();
    }
}
