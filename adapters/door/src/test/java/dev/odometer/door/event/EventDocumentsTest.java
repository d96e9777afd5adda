package dev.odometer.door.event;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.json.Json;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDocumentsTest {

    private final Documents documents = new EventDocuments(new Json());

    private void check(String text) {
        documents.check(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " [ ] ",
                "{\"a\": [1, -0.5e+3, true, null, \"\\u00e4\\n\\\\\"], \"b\":{\"c\":{}}}\n",
                "{\"a\": 1, \"a\": 2}",
                "0",
                "1e99999999999",
                "null",
                "\"\"",
                "\"ä😀\"",
                "[[[[[[]]]]]]"
            })
    void acceptsJson(String text) {
        assertThatCode(() -> check(text)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[1,]",
                "[,1]",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "{\"a\":1,}",
                "{} {}",
                "'a'",
                "\"a",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "01",
                "1.",
                ".5",
                "+1",
                "NaN",
                "tru",
                "\u00a01",
                "// {}"
            })
    void refusesInvalidJson(String text) {
        assertThatThrownBy(() -> check(text)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 100_000})
    void refusesExcessiveNesting(int levels) {
        String text = "[".repeat(levels) + "]".repeat(levels);

        assertThatThrownBy(() -> check(text)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "a\\n", "\\u0041", "a"})
    void readsLongStrings(String part) {
        String text = '"' + part.repeat(50_000) + '"';

        assertThatCode(() -> check(text)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void readsUpToAHundredLevels(int levels) {
        String text = "[".repeat(levels) + "]".repeat(levels);

        assertThatCode(() -> check(text)).doesNotThrowAnyException();
    }
}
