package dev.odometer.functions.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "a\nb", "\u007f"})
    void refusesInvalidNames(String bad) {
        assertThatThrownBy(() -> new FileName("inbox", bad)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> new FileName(bad, "a.csv")).isInstanceOf(Refusal.class);
    }

    @Test
    void limitsTheLength() {
        assertThatThrownBy(() -> new FileName("inbox", "a".repeat(1025))).isInstanceOf(Refusal.class);
    }

    @Test
    void appendsASuffix() {
        assertThat(new FileName("inbox", "a.csv").with(".rejected.ndjson"))
                .isEqualTo(new FileName("inbox", "a.csv.rejected.ndjson"));
    }
}
