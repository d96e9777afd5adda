package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A service that is killed during an import resumes after the last counted line, and its summary is exact. */
@Tag("long")
class ImportCrashIT {

    private static final int EVENTS = 100_000;

    @TempDir
    Path folder;

    @Test
    void countsEveryLineOnce() throws Exception {
        try (var service = new PackagedService(folder.resolve("data"))) {
            service.awaitHealthy();
            Path file = folder.resolve("calls.ndjson");
            Files.writeString(file, lines());
            Path inbox = Files.createDirectories(folder.resolve("data/files/inbox"));
            Files.move(file, inbox.resolve("calls.ndjson"));
            await(service, "/lines", 10_000);

            service.killServiceAndStartAgain();
            service.awaitHealthy();
            JsonNode done = await(service, "/lines", EVENTS);

            assertThat(done.path("counted").asLong()).isEqualTo(EVENTS);
            assertThat(done.path("repeated").asLong()).isZero();
        }
    }

    private static JsonNode await(PackagedService service, String figure, long least) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (System.nanoTime() < end) {
            JsonNode imports =
                    Case.JSON.readTree(service.get("/api/v1/imports").body()).path("items");
            if (imports.size() == 1 && imports.get(0).at(figure).asLong() >= least) {
                return imports.get(0);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError(
                "not imported: " + service.get("/api/v1/imports").body());
    }

    private static String lines() {
        var lines = new StringBuilder();
        for (int i = 0; i < EVENTS; i++) {
            lines.append("{\"specversion\":\"1.0\",\"id\":\"e")
                    .append(i)
                    .append("\",\"source\":\"s\",\"type\":\"call\",\"subject\":\"acme\","
                            + "\"time\":\"2026-01-01T00:00:00Z\"}\n");
        }
        return lines.toString();
    }
}
