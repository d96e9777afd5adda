package dev.odometer.azure.functions;

import static dev.odometer.azure.functions.Lab.WORLD;
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
    void forget() {
        WORLD.forget();
    }

    @Test
    void takeABlob() throws Exception {
        Lab.files().blob(new byte[12], "usage/2026/a b.csv", "{\"ETag\":\"\\\"0x8D\\\"\"}");

        assertThat(WORLD.files).containsExactly(new FileArrival("usage", "2026/a b.csv", "0x8D", 12L, null));
    }

    @Test
    void takeAnEmptyBlobOfWhichNothingIsSaid() throws Exception {
        Lab.files().blob(null, "usage/empty", null);

        assertThat(WORLD.files).containsExactly(new FileArrival("usage", "empty", null, 0L, null));
    }

    @Test
    void takeWhatEventGridSays() throws Exception {
        Lab.files().eventGrid(GRID);
        Lab.files().eventGrid(CLOUD_EVENT);
        Lab.files().eventGrid("[" + GRID + "]");

        assertThat(WORLD.files).containsExactly(FILE, FILE, FILE);
    }

    @Test
    void haveNothingToDoForABlobThatWasDeleted() throws Exception {
        Lab.files().eventGrid(GRID.replace("BlobCreated", "BlobDeleted"));

        assertThat(WORLD.files).isEmpty();
        assertThat(WORLD.parked()).isEmpty();
    }

    @Test
    void giveABlobOneIdentityThroughBothTriggers() {
        String triggered = Blobs.triggered("usage/2026/a b.csv", "{\"ETag\":\"\\\"0x8D\\\"\"}", 12)
                .get(0)
                .id();

        assertThat(Blobs.created(GRID).get(0).id()).isEqualTo(triggered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "1", "{", "\"text\"", "{}", "{\"data\":[]}", "[null]", "[[]]"})
    void parkWhatNamesNoBlob(String event) throws Exception {
        Lab.files().eventGrid(event);

        assertThat(WORLD.parked()).hasSize(1);
        assertThat(WORLD.files).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://host", "https://host/", "https://host/usage", "https://host/usage/", "a|b", "mailto:a"})
    void parkAnEventWholeWhoseUrlNamesNoBlob(String url) throws Exception {
        String event = GRID.replaceFirst("https://[^\"]*", url);

        Lab.files().eventGrid(event);

        assertThat(WORLD.parkedBodies())
                .singleElement()
                .asString()
                .contains("\"url\":\"" + url + "\"", "\"id\":\"e-1\"");
    }

    @Test
    void takeTheNeighboursOfAnEventThatNamesNoBlob() throws Exception {
        Lab.files().eventGrid("[1," + GRID + ",{\"id\":\"lost\"}]");

        assertThat(WORLD.files).containsExactly(FILE);
        assertThat(WORLD.parkedBodies()).containsExactly("1", "{\"id\":\"lost\"}");
    }

    @Property(tries = 300)
    void parkAnyOtherText(@ForAll String text) throws Exception {
        Lab.files().eventGrid(text);

        assertThat(WORLD.parked()).hasSize(1);
        assertThat(WORLD.parked().get(0).body()).isEqualTo(text.getBytes(UTF_8));
    }

    @Property(tries = 300)
    void takeBlobsOfAnyNameWhateverElseIsSaid(@ForAll String name, @ForAll String properties) throws Exception {
        Lab.files().blob(new byte[0], "usage/x" + name, properties);

        assertThat(WORLD.files).hasSize(1);
        assertThat(WORLD.parked()).isEmpty();
    }
}
