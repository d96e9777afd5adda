package dev.odometer.api.functions.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " [ ] ",
                "{\"a\": [1, -0.5e+3, true, null, \"\\u00e4\\n\\\\\"], \"b\":{\"c\":{}}}\n",
                "0",
                "\"\"",
                "\"ä😀\"",
                "[[[[[[]]]]]]"
            })
    void takesJson(String text) {
        assertThat(JsonText.checked("config", text)).isEqualTo(text);
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
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> JsonText.checked("config", text)).hasMessageStartingWith("config must be JSON");
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 100_000})
    void refusesWhatIsTooDeep(int levels) {
        String text = "[".repeat(levels) + "]".repeat(levels);

        assertThatThrownBy(() -> JsonText.checked("config", text)).hasMessageStartingWith("config must be JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "a\\n", "\\u0041", "a"})
    void readsLongStrings(String part) {
        String text = '"' + part.repeat(50_000) + '"';

        assertThat(JsonText.checked("config", text)).isSameAs(text);
    }
}
