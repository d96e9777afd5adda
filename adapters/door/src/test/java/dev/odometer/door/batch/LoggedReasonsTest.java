package dev.odometer.door.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoggedReasonsTest {

    @Test
    void listsEachReasonOnceWithItsCount() {
        assertThat(LoggedReasons.of(List.of("id is missing", "no JSON", "id is missing")))
                .isEqualTo("id is missing (2 times); no JSON");
    }

    @Test
    void listsThreeReasons() {
        List<String> reasons =
                IntStream.rangeClosed(1, 1000).mapToObj(i -> "reason " + i).toList();

        assertThat(LoggedReasons.of(reasons)).isEqualTo("reason 1; reason 2; reason 3; and 997 other reasons");
    }

    @Test
    void shortensALongReason() {
        assertThat(LoggedReasons.of(List.of("x".repeat(1_000_000)))).isEqualTo("x".repeat(200) + "…");
    }

    @Test
    void keepsTheCharactersOfAShortenedReasonWhole() {
        assertThat(LoggedReasons.of(List.of("😀".repeat(201)))).isEqualTo("😀".repeat(200) + "…");
        assertThat(LoggedReasons.of(List.of("😀".repeat(200)))).isEqualTo("😀".repeat(200));
    }

    @Test
    void escapesWhatCouldForgeALine() {
        assertThat(LoggedReasons.of(List.of("a\r\n2026 ERROR\tb\u001b[2J\u0085\u2028\u2029\u202e\ud800 é")))
                .isEqualTo("a\\u000d\\u000a2026 ERROR\\u0009b\\u001b[2J\\u0085\\u2028\\u2029\\u202e\\ud800 é");
    }
}
