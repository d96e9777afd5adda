package dev.odometer.door.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "acme", "Größe", "漢字", "\uFFFD", "\uD83D\uDE97"})
    void encodesTextOnce(String text) {
        String bytes = new String(text.getBytes(UTF_8), ISO_8859_1);

        assertThat(Headers.transmitted(text)).isEqualTo(bytes);
        assertThat(Headers.transmitted(bytes)).isEqualTo(bytes);
    }
}
