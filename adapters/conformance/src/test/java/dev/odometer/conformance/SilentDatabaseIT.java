package dev.odometer.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.azure.functions.EventTriggers;
import dev.odometer.conformance.aws.Gateway;
import dev.odometer.conformance.aws.LambdaProcess;
import dev.odometer.conformance.azure.FunctionApp;
import dev.odometer.conformance.google.InvokerProcess;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database that goes silent, as after a failover whose packets are dropped. On every platform a request is refused
 * and a message is redelivered within a bound, and both continue after the recovery without a restart. The Kafka worker
 * has the same test in its module.
 */
class SilentDatabaseIT {

    /** Without timeouts, a call on a silent connection would not end. */
    private static final Duration BOUND = Duration.ofMinutes(2);

    private static HttpRequest ingestion(String id) {
        return new HttpRequest(
                "POST",
                "/api/v1/events",
                null,
                Headers.of("Content-Type", "application/cloudevents+json"),
                event(id).getBytes(UTF_8));
    }

    private static String event(String id) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id
                + "\",\"source\":\"silent\",\"type\":\"silent\",\"subject\":\"acme\",\"data\":{}}";
    }

    /** A platform: the status of a request, and whether it acknowledges a message. */
    private interface Platform extends AutoCloseable {

        int status(HttpRequest request) throws Exception;

        boolean isAcknowledged(String id) throws Exception;

        @Override
        void close() throws IOException;
    }

    private static void check(SilentDatabase database, Platform platform) throws Exception {
        assertThat(platform.status(ingestion("before"))).isEqualTo(204);
        assertThat(platform.isAcknowledged("message")).isTrue();
        database.silence();

        long start = System.nanoTime();
        assertThat(platform.status(ingestion("during"))).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
        start = System.nanoTime();
        assertThat(platform.isAcknowledged("later")).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
        database.recover();

        start = System.nanoTime();
        while (platform.status(ingestion("during")) != 204) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
        }
        assertThat(platform.isAcknowledged("later")).isTrue();
        assertThat(platform.isAcknowledged("message")).isTrue();
        assertThat(database.events()).isEqualTo(4);
    }

    @Nested
    @EnabledOnOs(OS.LINUX)
    class OnLambda implements Platform {

        private final Gateway gateway = Gateway.all().get(1);

        @SuppressWarnings("NullAway.Init") // set by the test
        private LambdaProcess instance;

        @Test
        void continuesAfterTheRecovery() throws Exception {
            try (var database = new SilentDatabase("silent_lambda");
                    Platform open = this) {
                instance = LambdaProcess.start(database.settings());
                check(database, open);
            }
        }

        @Override
        public int status(HttpRequest request) throws Exception {
            return gateway.reply(instance.invoke(gateway.event(request)).body()).status();
        }

        @Override
        public boolean isAcknowledged(String id) throws Exception {
            var records = Case.JSON.createArrayNode();
            var record = records.addObject();
            record.put("messageId", id).put("receiptHandle", "handle").put("body", event(id));
            record.put("eventSource", "aws:sqs").put("eventSourceARN", "arn:aws:sqs:eu-central-1:123456789012:usage");
            record.putObject("attributes").put("ApproximateReceiveCount", "1");
            record.putObject("messageAttributes");
            var batch = Case.JSON.createObjectNode().set("Records", records).toString();
            var failures =
                    Case.JSON.readTree(instance.invoke(batch.getBytes(UTF_8)).body());
            return failures.findValuesAsString("itemIdentifier").isEmpty();
        }

        @Override
        public void close() {
            instance.close();
        }
    }

    @Nested
    class OnAzure implements Platform {

        @SuppressWarnings("NullAway.Init") // set by the test
        private FunctionApp app;

        @Test
        void continuesAfterTheRecovery() throws Exception {
            try (var database = new SilentDatabase("silent_azure");
                    Platform open = this) {
                app = FunctionApp.start(database.settings());
                check(database, open);
            }
        }

        @Override
        public int status(HttpRequest request) throws Exception {
            return app.send(request).status();
        }

        @Override
        public boolean isAcknowledged(String id) throws Exception {
            EventTriggers triggers = app.instance(EventTriggers.class);
            try {
                triggers.eventHub(List.of(event(id)));
                return true;
            } catch (RuntimeException redelivered) {
                assertThat(redelivered).hasMessageContaining("1 of 1 items must be redelivered");
                return false;
            }
        }

        @Override
        public void close() {
            // The next test that starts an app stops this one.
        }
    }

    @Nested
    class OnGoogleCloud implements Platform {

        @SuppressWarnings("NullAway.Init") // set by the test
        private InvokerProcess instance;

        @Test
        void continuesAfterTheRecovery() throws Exception {
            try (var database = new SilentDatabase("silent_google");
                    Platform open = this) {
                instance = InvokerProcess.start(database.settings());
                check(database, open);
            }
        }

        @Override
        public int status(HttpRequest request) throws Exception {
            return instance.client().send(request).status();
        }

        @Override
        public boolean isAcknowledged(String id) throws Exception {
            String data = Base64.getEncoder().encodeToString(event(id).getBytes(UTF_8));
            String push = "{\"message\":{\"data\":\"" + data + "\",\"messageId\":\"" + id
                    + "\",\"publishTime\":\"2026-11-01T00:00:00Z\"},\"subscription\":\"projects/p/subscriptions/s\"}";
            int status = status(new HttpRequest("POST", "/", null, Headers.NONE, push.getBytes(UTF_8)));
            assertThat(status).isIn(204, 503);
            return status == 204;
        }

        @Override
        public void close() throws IOException {
            instance.close();
        }
    }

    @Nested
    class OnLocalHttp implements Platform {

        @TempDir
        private Path folder;

        @SuppressWarnings("NullAway.Init") // set by the test
        private PackagedService service;

        private PackagedService start(SilentDatabase database) throws Exception {
            database.settings().put("ODOMETER_PUSH", "open");
            service = new PackagedService(folder.resolve("data"), database.settings());
            service.awaitHealthy();
            return service;
        }

        @Test
        void continuesAfterTheRecovery() throws Exception {
            try (var database = new SilentDatabase("silent_local");
                    var started = start(database)) {
                check(database, this);

                database.silence();
                assertThat(started.get("/healthz/ready").statusCode()).isEqualTo(503);
                assertThat(started.get("/healthz/live").statusCode()).isEqualTo(200);
                database.recover();
                started.awaitHealthy();
            }
        }

        /** Only the shutdown can end the statements. */
        @Test
        void endsSoonAfterSigtermWhileStatementsRun() throws Exception {
            try (var database = new SilentDatabase("silent_stop")) {
                database.settings().put("ODOMETER_DATABASE_STATEMENT_TIMEOUT", "1h");
                try (var started = start(database)) {
                    assertThat(status(ingestion("before"))).isEqualTo(204);
                    database.silence();
                    for (int i = 0; i < 8; i++) {
                        new Thread(() -> status(ingestion("during"))).start();
                    }
                    database.awaitDropped();

                    assertThat(started.isTerminated()).isTrue();
                }
            }
        }

        @Override
        public int status(HttpRequest request) {
            String type = request.headers().first("Content-Type").orElseThrow();
            return service.post(request.path(), type, new String(request.body(), UTF_8));
        }

        @Override
        public boolean isAcknowledged(String id) {
            int status = service.post("/", "application/cloudevents+json", event(id));
            assertThat(status).isIn(204, 503);
            return status == 204;
        }

        @Override
        public void close() {
            service.close();
        }
    }
}
