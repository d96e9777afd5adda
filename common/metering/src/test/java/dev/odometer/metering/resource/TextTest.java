package dev.odometer.metering.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void acceptsEveryCharacterExceptNulAndUnpairedSurrogates() {
        assertThat(Text.isStorable("\u0001 a é 😀 \uffff")).isTrue();
        assertThat(Text.isStorable("a\0")).isFalse();
        assertThat(Text.isStorable("\ud83d")).isFalse();
        assertThat(Text.isStorable("\ude00\ud83d")).isFalse();
    }

    @Test
    void refusesEmptyAndTooLongText() {
        assertThat(Text.checked("name", "ab", 2)).isEqualTo("ab");
        assertThatThrownBy(() -> Text.checked("name", "", 2)).hasMessage("name must not be empty");
        assertThatThrownBy(() -> Text.checked("name", "abc", 2)).hasMessage("name must have at most 2 characters: abc");
    }

    @Test
    void appliesToMetadata() {
        assertThatThrownBy(() -> Metadata.checked(Map.of("a", "\ud83d"))).isInstanceOf(Refusal.class);
    }
}
