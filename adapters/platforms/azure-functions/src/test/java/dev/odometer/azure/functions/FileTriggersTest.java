package dev.odometer.azure.functions;

import static dev.odometer.azure.functions.TriggerFixture.RECORDER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.file.FileArrival;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTriggersTest {

    private static final String GRID = """
            {"eventType":"Microsoft.Storage.BlobCreated","eventTime":"2026-11-01T00:00:00Z","id":"e-1",
             "data":{"url":"https://odometer.blob.core.windows.net/usage/2026/a%20b.csv","eTag":"0x8D","contentLength":12}}
            """;
    private static final String CLOUD_EVENT = GRID.replace("eventType", "type").replace("eventTime", "time");
    private static final FileArrival FILE =
            new FileArrival("usage", "2026/a b.csv", "0x8D", 12L, Instant.parse("2026-11-01T00:00:00Z"));

    @BeforeEach
    @BeforeTry
    void reset() {
        RECORDER.reset();
    }

    @Test
    void takesABlob() throws Exception {
        TriggerFixture.files().blob(new byte[12], "usage/2026/a b.csv", "{\"ETag\":\"\\\"0x8D\\\"\"}");

        assertThat(RECORDER.files).containsExactly(new FileArrival("usage", "2026/a b.csv", "0x8D", 12L, null));
    }

    @Test
    void takesAnEmptyBlobWithoutProperties() throws Exception {
        TriggerFixture.files().blob(null, "usage/empty", null);

        assertThat(RECORDER.files).containsExactly(new FileArrival("usage", "empty", null, 0L, null));
    }

    @Test
    void takesEventGridEventsInBothSchemas() throws Exception {
        TriggerFixture.files().eventGrid(GRID);
        TriggerFixture.files().eventGrid(CLOUD_EVENT);
        TriggerFixture.files().eventGrid("[" + GRID + "]");

        assertThat(RECORDER.files).containsExactly(FILE, FILE, FILE);
    }

    @Test
    void skipsADeletedBlob() throws Exception {
        TriggerFixture.files().eventGrid(GRID.replace("BlobCreated", "BlobDeleted"));

        assertThat(RECORDER.files).isEmpty();
        assertThat(RECORDER.parked()).isEmpty();
    }

    @Test
    void givesABlobTheSameIdInBothTriggers() {
        String triggered = Blobs.triggered("usage/2026/a b.csv", "{\"ETag\":\"\\\"0x8D\\\"\"}", 12)
                .get(0)
                .id();

        assertThat(Blobs.created(GRID).get(0).id()).isEqualTo(triggered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "1", "{", "\"text\"", "{}", "{\"data\":[]}", "[null]", "[[]]"})
    void storesEventsWithoutABlobAsDeadLetters(String event) throws Exception {
        TriggerFixture.files().eventGrid(event);

        assertThat(RECORDER.parked()).hasSize(1);
        assertThat(RECORDER.files).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://host", "https://host/", "https://host/usage", "https://host/usage/", "a|b", "mailto:a"})
    void storesAnEventWithAnInvalidUrlUnchanged(String url) throws Exception {
        String event = GRID.replaceFirst("https://[^\"]*", url);

        TriggerFixture.files().eventGrid(event);

        assertThat(RECORDER.parkedBodies())
                .singleElement()
                .asString()
                .contains("\"url\":\"" + url + "\"", "\"id\":\"e-1\"");
    }

    @Test
    void takesTheOtherEventsBesideInvalidOnes() throws Exception {
        TriggerFixture.files().eventGrid("[1," + GRID + ",{\"id\":\"lost\"}]");

        assertThat(RECORDER.files).containsExactly(FILE);
        assertThat(RECORDER.parkedBodies()).containsExactly("1", "{\"id\":\"lost\"}");
    }

    @Property(tries = 300)
    void storesAnyOtherTextAsADeadLetter(@ForAll String text) throws Exception {
        TriggerFixture.files().eventGrid(text);

        assertThat(RECORDER.parked()).hasSize(1);
        assertThat(RECORDER.parked().get(0).body()).isEqualTo(text.getBytes(UTF_8));
    }

    @Property(tries = 300)
    void takesBlobsWithAnyNameAndProperties(@ForAll String name, @ForAll String properties) throws Exception {
        TriggerFixture.files().blob(new byte[0], "usage/x" + name, properties);

        assertThat(RECORDER.files).hasSize(1);
        assertThat(RECORDER.parked()).isEmpty();
    }
}
