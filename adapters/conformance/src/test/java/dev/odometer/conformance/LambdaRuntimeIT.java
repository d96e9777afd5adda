package dev.odometer.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.aws.Answer;
import dev.odometer.conformance.aws.Gateway;
import dev.odometer.conformance.aws.LambdaProcess;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The behaviour of the function in AWS's own runtime other than HTTP responses. */
@EnabledOnOs(OS.LINUX)
class LambdaRuntimeIT {

    private static final byte[] EMPTY = {};
    private static final Gateway FRONT = Gateway.all().get(1);

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        var more = new HashMap<>(settings);
        more.put(name, value);
        return more;
    }

    private static byte[] get(String path) {
        return FRONT.event(new HttpRequest("GET", path, null, Headers.NONE, EMPTY));
    }

    private static byte[] post(String path, String type, String body) {
        return FRONT.event(new HttpRequest("POST", path, null, Headers.of("Content-Type", type), body.getBytes(UTF_8)));
    }

    private static String event(String id) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id
                + "\",\"source\":\"runtime\",\"type\":\"runtime\",\"subject\":\"acme\"}";
    }

    private static String batchOf(String... bodies) {
        var records = Case.JSON.createArrayNode();
        for (String body : bodies) {
            var record = records.addObject();
            record.put("messageId", "message-" + records.size()).put("receiptHandle", "handle");
            record.put("body", body).put("eventSource", "aws:sqs").put("awsRegion", "eu-central-1");
            record.put("eventSourceARN", "arn:aws:sqs:eu-central-1:123456789012:usage");
            record.putObject("attributes").put("ApproximateReceiveCount", "1");
            record.putObject("messageAttributes");
        }
        return Case.JSON.createObjectNode().set("Records", records).toString();
    }

    private static String text(HttpReply reply) {
        return new String(reply.body(), UTF_8);
    }

    @Test
    void reportsAnUnknownEventAndContinues() throws Exception {
        LambdaProcess instance = LambdaDoor.behind(FRONT).instance();

        Answer answer = instance.invoke("{\"colour\":\"secret\"}".getBytes(UTF_8));

        assertThat(answer.errorType()).isEqualTo("Runtime.UserException");
        assertThat(answer.text()).contains("colour").doesNotContain("secret");
        assertThat(FRONT.reply(instance.invoke(get("/api/v1/none")).body()).status())
                .isEqualTo(404);
        assertThat(instance.logged()).doesNotContain("secret");
    }

    @Test
    void reportsAFailedStartAndExits() throws Exception {
        try (var instance = LambdaProcess.start(Map.of())) {
            assertThat(instance.exitCode()).isEqualTo(1);
            assertThat(instance.calls()).singleElement().asString().startsWith("init/error");
            assertThat(instance.logged()).contains("ODOMETER_DATABASE_URL");
        }
    }

    @Test
    void logsAsJsonIfTheFunctionIsSetToDoSo() throws Exception {
        try (var instance = LambdaProcess.start(Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON"))) {
            assertThat(instance.exitCode()).isEqualTo(1);
            assertThat(instance.logged().lines().filter(line -> !line.isBlank()))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(Case.JSON.readTree(line).propertyNames())
                            .contains("timestamp", "level", "message"));
        }
    }

    @Test
    void startsOnceForAllCopiesOfASnapshot() throws Exception {
        Map<String, String> settings = Databases.fresh("snapshot");
        try (var instance = LambdaProcess.start(with(settings, "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"))) {
            instance.awaitCall("restore/next");
            long open =
                    Databases.number("postgres", "select count(*) from pg_stat_activity where datname = 'snapshot'");
            long opened =
                    Databases.number("postgres", "select sessions from pg_stat_database where datname = 'snapshot'");
            instance.restore();
            Answer answer = instance.invoke(get("/api/v1/meters"));

            assertThat(open).as("connections in the snapshot").isZero();
            assertThat(opened).as("connections before it").isPositive();
            assertThat(FRONT.reply(answer.body()).status()).isEqualTo(200);
            assertThat(instance.calls()).startsWith("restore/next", "invocation/next", "invocation/response");
        }
    }

    @Test
    void answersFourRequestsConcurrently() throws Exception {
        Map<String, String> settings = Databases.fresh("side_by_side");
        try (var instance = LambdaProcess.start(with(settings, "AWS_LAMBDA_MAX_CONCURRENCY", "4"))) {
            instance.invoke(post(
                    "/api/v1/meters",
                    "application/json",
                    "{\"slug\":\"runtime\",\"aggregation\":\"COUNT\",\"eventType\":\"runtime\"}"));
            List<CompletableFuture<Answer>> ingested = new ArrayList<>();
            List<CompletableFuture<Answer>> invocations = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                ingested.add(
                        instance.submit(post("/api/v1/events", "application/cloudevents+json", event("e" + i / 2))));
                invocations.add(instance.submit(get("/api/v1/meters/none-" + i)));
            }

            assertThat(ingested)
                    .allSatisfy(answer -> assertThat(
                                    FRONT.reply(answer.join().body()).status())
                            .isEqualTo(204));
            for (int i = 0; i < 100; i++) {
                assertThat(text(FRONT.reply(invocations.get(i).join().body()))).contains("not found: none-" + i + "\"");
            }
            assertThat(instance.most()).isBetween(2, 4);
            assertThat(text(FRONT.reply(
                            instance.invoke(get("/api/v1/meters/runtime/query")).body())))
                    .contains("\"value\":50,");
        }
    }

    @Test
    void countsABatchAndStoresItsPoisonAsADeadLetter() throws Exception {
        Map<String, String> settings = Databases.fresh("from_queue");
        try (var instance = LambdaProcess.start(with(settings, "SPRING_CLOUD_FUNCTION_DEFINITION", "recordUsage"))) {
            String batch = batchOf(event("1"), "{\"specversion\":\"1.0\"}", event("2"), event("1"));

            Answer answer = instance.invoke(batch.getBytes(UTF_8));

            assertThat(answer.text()).isEqualTo("{\"batchItemFailures\":[]}");
            assertThat(Databases.number("from_queue", "select count(*) from usage_event"))
                    .isEqualTo(2);
            assertThat(Databases.number("from_queue", "select count(*) from parked_item"))
                    .isEqualTo(1);
        }
    }

    /** The runtime has parts of AWS's client, in another version, on its own class path. */
    @Test
    void storesDeadLettersInAConfiguredQueue() throws Exception {
        var settings = new HashMap<>(Databases.fresh("queue_parking"));
        try (var queue = new DeadLetterQueue()) {
            settings.putAll(queue.settings());
            try (var instance = LambdaProcess.start(settings)) {
                String poison = "{\"specversion\":\"1.0\"}";

                Answer answer = instance.invoke(batchOf(event("1"), poison).getBytes(UTF_8));

                assertThat(answer.text()).isEqualTo("{\"batchItemFailures\":[]}");
                assertThat(queue.messages()).singleElement().satisfies(message -> {
                    assertThat(message.path("Body").asString()).isEqualTo(poison);
                    assertThat(message.path("MessageAttributes").propertyNames())
                            .contains("odometer-reason");
                });
            }
        }
    }

    @Test
    void hasABatchRedeliveredWhileTheDatabaseIsUnavailable() throws Exception {
        var settings = Map.of("ODOMETER_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none");
        try (var instance = LambdaProcess.start(settings)) {
            Answer answer = instance.invoke(batchOf(event("1"), event("2")).getBytes(UTF_8));

            assertThat(Case.JSON.readTree(answer.body()).findValuesAsString("itemIdentifier"))
                    .containsExactly("message-1", "message-2");
        }
    }
}
