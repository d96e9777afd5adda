package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.azure.FunctionApp;
import dev.odometer.conformance.google.RawClient;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.local.http.Odometer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Exports by the local service with its own timer, on PostgreSQL. */
class ExportsLocalIT {

    private static final Duration MAX_WAIT = Duration.ofMinutes(2);
    private static final Path FOLDER = folder();
    private static final ConfigurableApplicationContext SERVICE = start();

    private static Path folder() {
        try {
            return Files.createTempDirectory("odometer-exports");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ConfigurableApplicationContext start() {
        Map<String, String> settings = new HashMap<>(Databases.fresh("exports_local"));
        settings.put("SERVER_PORT", "0");
        settings.put("ODOMETER_EXPORTS_CONTAINER", "exports");
        settings.put("ODOMETER_FILES_FOLDER", FOLDER.toString());
        return Odometer.application()
                .run(settings.entrySet().stream()
                        .map(setting -> "--" + FunctionApp.property(setting.getKey()) + "=" + setting.getValue())
                        .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    private static HttpReply send(String method, String path, String body) throws Exception {
        int port = SERVICE.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Headers headers = Headers.of("Content-Type", "application/json", "Content-Length", "" + bytes.length);
        return new RawClient(port).send(new HttpRequest(method, path, null, headers, bytes));
    }

    private static String event(int n) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + n + "\",\"source\":\"s\",\"type\":\"call\",\"subject\":\"s"
                + n % 500 + "\",\"time\":\"2026-11-01T%02d:00:00Z\"}".formatted(n % 24);
    }

    private static JsonNode finished(String location) throws Exception {
        long deadline = System.nanoTime() + MAX_WAIT.toNanos();
        JsonNode export = Case.JSON.readTree(send("GET", location, "").body());
        while (export.path("status").asString().equals("pending") && System.nanoTime() < deadline) {
            Thread.sleep(20);
            export = Case.JSON.readTree(send("GET", location, "").body());
        }
        return export;
    }

    @Test
    void areWrittenAtOnceWithAllValues() throws Exception {
        send("POST", "/api/v1/meters", "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"call\"}");
        List<String> events =
                IntStream.range(0, 12_000).mapToObj(ExportsLocalIT::event).toList();
        assertThat(send("POST", "/api/v1/events", events.toString()).status()).isEqualTo(204);
        String request = "{\"from\":\"2026-11-01T00:00:00Z\",\"to\":\"2026-11-02T00:00:00Z\",\"windowSize\":\"HOUR\"}";

        HttpReply accepted = send("POST", "/api/v1/exports", request);
        HttpReply askedAgain = send("POST", "/api/v1/exports", request);
        JsonNode export = finished(accepted.headers().first("Location").orElseThrow());

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(askedAgain.headers().first("Location"))
                .isEqualTo(accepted.headers().first("Location"));
        assertThat(export.path("status").asString()).isEqualTo("done");
        JsonNode file = export.path("files").path(0);
        List<String> lines = Files.readAllLines(
                FOLDER.resolve("exports").resolve(file.path("key").asString()));
        assertThat(file.path("rows").asInt()).isEqualTo(lines.size() - 1);
        assertThat(lines.stream()
                        .skip(1)
                        .mapToInt(line -> Integer.parseInt(line.replaceFirst(".*,", "")))
                        .sum())
                .isEqualTo(12_000);
    }
}
