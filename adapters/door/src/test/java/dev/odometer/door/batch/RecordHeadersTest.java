package dev.odometer.door.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordHeadersTest {

    private static Optional<Item> item(RecordHeaders headers, byte @Nullable [] value) {
        return headers.item("t-0@1", "t-0", value);
    }

    private static RecordHeaders headers(String name, byte @Nullable [] value) {
        return new RecordHeaders().with(name, value);
    }

    @Test
    void recognizeAnEventWithoutData() {
        Item event = item(headers("ce_id", "1".getBytes(UTF_8)), null).orElseThrow();

        assertThat(event.attributes()).isEqualTo(Map.of("id", "1"));
        assertThat(event.body()).isEmpty();
    }

    @Test
    void recognizeATombstone() {
        assertThat(item(new RecordHeaders(), null)).isEmpty();
        assertThat(item(headers("ce_type", "t".getBytes(UTF_8)), null)).isEmpty();
        assertThat(item(headers("ce_id", null), null)).isEmpty();
        assertThat(item(headers("ce_type", "ü".getBytes(ISO_8859_1)), null)).isEmpty();
    }

    /** It is refused as an empty document, and not taken for a tombstone. */
    @Test
    void keepAnEventInStructuredModeWithoutAValue() {
        var headers = headers("ce_id", "1".getBytes(UTF_8))
                .with("content-type", "application/cloudevents+json".getBytes(UTF_8));

        Item event = item(headers, null).orElseThrow();

        assertThat(event.attributes()).isEmpty();
        assertThat(event.body()).isEmpty();
    }

    @Test
    void areIgnoredInStructuredMode() {
        var headers = headers("ce_id", "Größe".getBytes(ISO_8859_1))
                .with("content-type", "application/cloudevents+json".getBytes(UTF_8));

        assertThat(item(headers, new byte[] {'{', '}'}).orElseThrow().attributes())
                .isEmpty();
    }

    @Test
    void areUtf8() {
        assertThat(item(headers("ce_id", "Größe".getBytes(UTF_8)), null)
                        .orElseThrow()
                        .attributes())
                .containsEntry("id", "Größe");
        assertThatThrownBy(() -> item(headers("ce_id", "Größe".getBytes(ISO_8859_1)), null))
                .isInstanceOf(Refusal.class)
                .hasMessage("the header ce_id is not UTF-8");
        assertThat(item(headers("other", "Größe".getBytes(ISO_8859_1)), new byte[0]))
                .isPresent();
    }
}
