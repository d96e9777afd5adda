package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.batch.Outcome;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.door.schedule.ScheduleDoor;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.schedule.Tick;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Exports through the doors: requested over HTTP, written by a tick, and read over HTTP. */
class ExportsTest {

    private static final String DAY = "\"from\":\"2026-11-01T00:00:00Z\",\"to\":\"2026-11-02T00:00:00Z\"";
    private static final Tick TICK = new Tick("runExports", Instant.parse("2026-11-03T00:00:00Z"));

    private final ConfigurableApplicationContext app = InMemoryApp.start(InMemoryApp.EVERY_SCHEDULE);

    @BeforeEach
    void use() {
        send("POST", "/api/v1/meters", "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"call\"}");
        send("POST", "/api/v1/events", """
                [{"specversion":"1.0","id":"1","source":"s","type":"call","subject":"a\\"b","time":"2026-11-01T10:00:00Z"},
                 {"specversion":"1.0","id":"2","source":"s","type":"call","subject":"c","time":"2026-11-02T10:00:00Z"}]
                """);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private HttpReply send(String method, String path, String body) {
        return InMemoryApp.door(app)
                .handle(new HttpRequest(
                        method,
                        path,
                        null,
                        Headers.of("Content-Type", "application/json"),
                        body.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode json(HttpReply reply) {
        return Case.JSON.readTree(reply.body());
    }

    private Outcome tick(Tick tick) {
        return app.getBean(ScheduleDoor.class).tick(tick, Deadline.NONE);
    }

    private String written(JsonNode file) throws IOException {
        var name =
                new FileName(file.path("container").asString(), file.path("key").asString());
        try (FileContent content = app.getBean(FileStore.class).open(name, null, 0)) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void areWrittenAsNdjson() throws IOException {
        HttpReply accepted =
                send("POST", "/api/v1/exports", "{" + DAY + ",\"format\":\"NDJSON\",\"windowSize\":\"HOUR\"}");
        String location = accepted.headers().first("Location").orElseThrow();

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(json(accepted).path("status").asString()).isEqualTo("pending");
        assertThat(tick(TICK)).isEqualTo(Outcome.OK);
        JsonNode done = json(send("GET", location, ""));
        assertThat(done.path("status").asString()).isEqualTo("done");
        assertThat(done.path("countedUntil").asString()).isNotEmpty();
        assertThat(written(done.path("files").path(0))).isEqualTo("""
                {"meter":"calls","windowStart":"2026-11-01T10:00:00Z","windowEnd":"2026-11-01T11:00:00Z","subject":"a\\"b","value":1}
                """);
    }

    @Test
    void areWrittenOnceForOneTick() throws IOException {
        String location = send("POST", "/api/v1/exports", "{" + DAY + "}")
                .headers()
                .first("Location")
                .orElseThrow();
        tick(TICK);
        JsonNode first = json(send("GET", location, ""));
        send("POST", "/api/v1/exports", "{" + DAY + ",\"revision\":1}");

        // A repeated tick, from whichever platform, has no effect.
        assertThat(tick(TICK)).isEqualTo(Outcome.OK);

        JsonNode all = json(send("GET", "/api/v1/exports", ""));
        assertThat(all.path(0).path("status").asString()).isEqualTo("pending");
        assertThat(all.path(1)).isEqualTo(first);
        assertThat(written(first.path("files").path(0)))
                .endsWith("calls,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,\"a\"\"b\",1\n");
    }

    @Test
    void areRequestedByTheNightlyTickOncePerDay() {
        Tick night = new Tick("requestExports", Instant.parse("2026-11-03T02:00:00Z"));
        Tick next = new Tick("requestExports", Instant.parse("2026-11-04T02:00:00Z"));

        assertThat(tick(night)).isEqualTo(Outcome.OK);
        assertThat(tick(next)).isEqualTo(Outcome.OK);

        assertThat(json(send("GET", "/api/v1/exports", "")).size()).isEqualTo(8);
    }

    @Test
    void refuseInvalidRequests() {
        assertThat(send("POST", "/api/v1/exports", "{" + DAY + ",\"prefix\":\"../\"}")
                        .status())
                .isEqualTo(400);
        assertThat(send("POST", "/api/v1/exports", "{}").status()).isEqualTo(400);
        assertThat(send("POST", "/api/v1/exports", "{" + DAY + ",\"meters\":[\"none\"]}")
                        .status())
                .isEqualTo(404);
    }
}
