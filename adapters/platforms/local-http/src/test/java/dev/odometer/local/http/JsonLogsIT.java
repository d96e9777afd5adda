package dev.odometer.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;

/** Logs as JSON, by the settings that docs/operations.md describes. */
class JsonLogsIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Json JSON = new Json();

    @TempDir
    Path folder;

    /** The loggers of the JVM would keep the format for the tests that follow. */
    @AfterEach
    void reset() {
        LoggingSystem.get(getClass().getClassLoader()).cleanUp();
    }

    @AfterAll
    static void restore() {
        System.clearProperty("LOG_FILE");
    }

    private List<String> logged(String format) throws Exception {
        Path file = folder.resolve("service.log");
        try (var service = new SpringApplication(LocalProbes.class)
                .run(
                        "--server.port=0",
                        "--spring.application.name=shop",
                        "--logging.file.name=" + file,
                        "--logging.structured.format.file=" + format)) {
            String port = service.getEnvironment().getRequiredProperty("local.server.port");
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/fail/a"))
                    .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                    .header("X-Request-Id", "r-1")
                    .method("GET", BodyPublishers.ofString("{\"body\":\"customer-data\"}"))
                    .build();
            assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(500);
        }
        return Files.readAllLines(file, StandardCharsets.UTF_8);
    }

    private static Map<String, ?> tree(String line) {
        return JSON.tree(JSON.reader().read(line));
    }

    @ParameterizedTest
    @CsvSource({"ecs, log.level", "logstash, level"})
    void eachLineIsAJsonObjectWithItsLevel(String format, String level) throws Exception {
        List<String> lines = logged(format);

        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(tree(line)).containsKey("message"));
        assertThat(String.join("\n", lines))
                .contains("\"traceId\":\"" + TRACE + "\"", "\"" + level.replaceFirst("log\\.", "") + "\":\"ERROR\"");
    }

    @Test
    void aFailedRequestHasItsIdsAndStackTraceAndNoBody() throws Exception {
        String failure = logged("logstash").stream()
                .filter(line -> line.contains("/fail/a"))
                .findFirst()
                .orElseThrow();

        assertThat(tree(failure).get("requestId")).isEqualTo("r-1");
        assertThat(tree(failure).get("traceId")).isEqualTo(TRACE);
        assertThat(String.valueOf(tree(failure).get("stack_trace"))).contains("IllegalStateException: secret");
        assertThat(failure).doesNotContain("customer-data");
    }
}
