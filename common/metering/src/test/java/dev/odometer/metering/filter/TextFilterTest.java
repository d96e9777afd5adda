package dev.odometer.metering.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.filter.TextFilter.Op;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFilterTest {

    private static boolean holds(Op op, String value, String text) {
        return TextFilter.of(op, value).toPredicate().test(text);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4,    gpt-4,  true",
        "gpt%,     gpt-4,  true",
        "%4,       gpt-4,  true",
        "%t-%,     gpt-4,  true",
        "gpt_4,    gpt-4,  true",
        "gpt,      gpt-4,  false",
        "GPT%,     gpt-4,  false",
        "_,        ab,     false",
        "%,        '',     true",
        "_,        '',     false",
        "100\\%,   100%,   true",
        "100\\%,   1000,   false",
        "a\\_b,    axb,    false",
        "a\\\\b,   a\\b,   true",
        "_,        😀,      true",
        ".*,       abc,    false",
        "%%%b,     ab,     true"
    })
    void likeSupportsWildcardsAndEscapes(String pattern, String text, boolean matches) {
        assertThat(holds(Op.LIKE, pattern, text)).isEqualTo(matches);
        assertThat(holds(Op.NLIKE, pattern, text)).isEqualTo(!matches);
    }

    @Test
    void ilikeIgnoresCase() {
        assertThat(holds(Op.ILIKE, "GPT%É", "gpt-4é")).isTrue();
        assertThat(holds(Op.NILIKE, "GPT%", "gpt-4")).isFalse();
    }

    @Test
    void likeMatchesAcrossLines() {
        assertThat(holds(Op.LIKE, "a%b", "a\n\r\u2028b")).isTrue();
    }

    @Test
    void refusesAPatternThatEndsWithABackslash() {
        assertThatThrownBy(() -> TextFilter.of(Op.LIKE, "a\\").toPredicate())
                .isInstanceOf(Refusal.class)
                .hasMessage("a LIKE pattern must not end with a backslash: a\\");
    }

    @Test
    void matchesAHostilePatternWithoutBacktracking() {
        var filter = TextFilter.of(Op.LIKE, "%a".repeat(500) + "b").toPredicate();

        boolean matches = assertTimeoutPreemptively(Duration.ofMinutes(1), () -> filter.test("a".repeat(20_000)));

        assertThat(matches).isFalse();
    }

    /** Backtracking to the last wildcard took 10 billion steps: 7 s of CPU time instead of 0.3 s, whatever else runs. */
    @Test
    void matchesALongPatternWithoutBacktracking() {
        var filter = TextFilter.of(Op.ILIKE, "%" + "a".repeat(1021) + "b").toPredicate();

        var text = "a".repeat(10_000_000);
        var cpu = ManagementFactory.getThreadMXBean();
        long start = cpu.getCurrentThreadCpuTime();

        assertThat(filter.test(text)).isFalse();

        assertThat(Duration.ofNanos(cpu.getCurrentThreadCpuTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Property(tries = 500)
    void likeAgreesOnLongPatterns(@ForAll("longPatterns") String pattern, @ForAll("longTexts") String text) {
        String regex = pattern.replace("%", ".*").replace("_", ".");

        assertThat(holds(Op.LIKE, pattern, text)).isEqualTo(text.matches(regex));
    }

    @Provide
    Arbitrary<String> longPatterns() {
        Arbitrary<String> literal =
                Arbitraries.strings().withChars('a', 'b', '_').ofMinLength(40).ofMaxLength(90);
        return Arbitraries.oneOf(
                literal, literal.map(text -> "%" + text.substring(30)), literal.map(text -> text.substring(20) + "%"));
    }

    @Provide
    Arbitrary<String> longTexts() {
        return Arbitraries.strings().withChars('a', 'b').ofMinLength(30).ofMaxLength(90);
    }

    /** The words of positions are 64 long: the shift carries over between them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 62, 63, 64, 65, 127, 128, 129, 1000})
    void likeMatchesPatternsOfEveryLength(int length) {
        String text = "ab".repeat(length).substring(0, length);

        assertThat(holds(Op.LIKE, text, text)).isTrue();
        assertThat(holds(Op.LIKE, "%" + text, "xyz" + text)).isTrue();
        assertThat(holds(Op.LIKE, text + "%", text + "xyz")).isTrue();
        assertThat(holds(Op.LIKE, "_".repeat(length), text)).isTrue();
        assertThat(holds(Op.LIKE, text, text + "x")).isFalse();
        assertThat(holds(Op.LIKE, text + "_", text)).isFalse();
    }

    @Property(tries = 2000)
    void likeAgreesWithAReferenceImplementation(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        assertThat(holds(Op.LIKE, pattern, text)).isEqualTo(matches(pattern, text));
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars('a', 'b', '%', '_').ofMaxLength(7);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars('a', 'b').ofMaxLength(7);
    }

    private static boolean matches(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        String rest = pattern.substring(1);
        if (pattern.charAt(0) == '%') {
            return matches(rest, text) || (!text.isEmpty() && matches(pattern, text.substring(1)));
        }
        return !text.isEmpty()
                && (pattern.charAt(0) == '_' || pattern.charAt(0) == text.charAt(0))
                && matches(rest, text.substring(1));
    }

    @Test
    void containingEscapesWildcards() {
        var filter = TextFilter.containing("50%_\\").toPredicate();

        assertThat(filter.test("a 50%_\\ b")).isTrue();
        assertThat(filter.test("a 500x\\ b")).isFalse();
    }

    @Test
    void comparesByCodePoint() {
        assertThat(holds(Op.GT, "\uffff", "😀")).isTrue();
        assertThat(holds(Op.LTE, "b", "b")).isTrue();
        assertThat(holds(Op.LT, "b", "b")).isFalse();
        assertThat(holds(Op.GTE, "b", "a")).isFalse();
    }

    @Test
    void allAndAnyCombineConditions() {
        List<TextFilter> parts = List.of(TextFilter.of(Op.GTE, "b"), TextFilter.of(Op.NE, "c"));

        assertThat(TextFilter.joined(Op.ALL, parts).toPredicate())
                .accepts("b", "d")
                .rejects("a", "c");
        assertThat(TextFilter.joined(Op.ANY, parts).toPredicate()).accepts("a", "c", "d");
    }
}
