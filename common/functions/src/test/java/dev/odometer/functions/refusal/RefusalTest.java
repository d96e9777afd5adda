package dev.odometer.functions.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void quotesAtMost100Characters() {
        assertThat(Refusal.quote("a".repeat(100))).isEqualTo("a".repeat(100));
        assertThat(Refusal.quote("a".repeat(101))).isEqualTo("a".repeat(100) + "…");
    }

    @Test
    void replacesUnpairedSurrogates() {
        assertThat(Refusal.quote("\ud83d")).isEqualTo("?");
        assertThat(Refusal.quote("a".repeat(99) + "😀")).isEqualTo("a".repeat(99) + "?…");
    }

    @Test
    void prependsThePlaceInALargerInput() {
        assertThat(Refusal.notFound("no such thing").at("[3]"))
                .extracting(Refusal::kind, Refusal::detail)
                .containsExactly(RefusalKind.NOT_FOUND, "[3]: no such thing");
    }
}
