package dev.odometer.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.batch.Item;
import dev.odometer.door.batch.Outcome;
import dev.odometer.door.batch.Outcome.Kind;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.file.FileArrival;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class FilesTest {

    @BeforeEach
    void clearCalls() {
        Probes.FILES.clear();
    }

    private static Item item(String json) {
        return Item.json("m", null, json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Kind> kinds(String channel, String... files) {
        List<Item> items = List.of(files).stream().map(FilesTest::item).toList();
        return Doors.BATCH.handle(channel, items, Deadline.NONE).stream()
                .map(Outcome::kind)
                .toList();
    }

    @Test
    void areProcessed() {
        String whole = "{\"container\":\"inbox\",\"key\":\"a/b.csv\",\"version\":\"1\",\"size\":9,"
                + "\"arrivedAt\":\"2026-01-01T00:00:00Z\"}";

        assertThat(kinds("files", whole)).containsExactly(Kind.OK);
        assertThat(Probes.FILES)
                .containsExactly(new FileArrival("inbox", "a/b.csv", "1", 9L, Instant.parse("2026-01-01T00:00:00Z")));
    }

    @Test
    void areProcessedInBatches() {
        assertThat(kinds(
                        "fileBatch",
                        "{\"container\":\"c\",\"key\":\"1\"}",
                        "[]",
                        "{\"container\":\"c\",\"key\":\"2\"}"))
                .containsExactly(Kind.OK, Kind.POISON, Kind.OK);
        assertThat(Probes.FILES).extracting(FileArrival::key).containsExactly("1", "2");
    }

    @Test
    void areProcessedWithADeadline() {
        var file = item("{\"container\":\"c\",\"key\":\"k\"}");

        assertThat(Doors.BATCH.handle("timedFiles", List.of(file), Deadline.in(Duration.ofSeconds(60))))
                .extracting(Outcome::kind)
                .containsExactly(Kind.RETRY);
        assertThat(Doors.BATCH.handle("timedFiles", List.of(file), Deadline.in(Duration.ofSeconds(70))))
                .containsExactly(Outcome.OK);
        assertThat(Doors.BATCH.handle("timedFiles", List.of(file), Deadline.NONE))
                .containsExactly(Outcome.OK);
        assertThat(Probes.FILES).hasSize(2);
    }

    @Test
    void arePoisonIfUnreadable() {
        assertThat(kinds("files", "nonsense", "[]", "{\"container\":\"c\",\"key\":\"k\",\"size\":\"big\"}"))
                .containsOnly(Kind.POISON);
    }

    @Test
    void arePoisonWithoutAName() {
        assertThat(kinds("files", "{}", "{\"container\":\"c\"}", "{\"container\":null,\"key\":\"k\"}"))
                .containsOnly(Kind.POISON);
        assertThat(Probes.FILES).isEmpty();
    }

    @Test
    void arePoisonInBinaryMode() {
        var binary = new Item("m", null, null, Map.of("id", "1"), new byte[] {'{', '}'});

        assertThat(Doors.BATCH.handle("files", List.of(binary), Deadline.NONE))
                .extracting(Outcome::kind)
                .containsExactly(Kind.POISON);
    }

    @Configuration(proxyBeanMethods = false)
    static class Misfit {
        @Bean
        Consumer<List<Map<String, Object>>> takeMaps() {
            return maps -> {};
        }

        @Bean
        Bindings bindings() {
            return new Bindings(
                    List.of(Binding.files("files", "takeMaps").batch().attempts(1)));
        }
    }

    @Test
    void needAFunctionThatTakesFiles() {
        assertThatThrownBy(() -> Doors.start(Misfit.class))
                .rootCause()
                .hasMessage("The binding of files does not fit takeMaps: the function takes no files");
    }
}
