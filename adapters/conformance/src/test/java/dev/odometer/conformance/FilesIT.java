package dev.odometer.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.azure.functions.FileTriggers;
import dev.odometer.conformance.aws.Answer;
import dev.odometer.conformance.aws.LambdaProcess;
import dev.odometer.conformance.azure.FunctionApp;
import dev.odometer.conformance.google.InvokerProcess;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.json.JsonMapper;

/**
 * Delivers a file in every way that each platform supports, on PostgreSQL. Each way imports it, and it is counted once.
 */
@EnabledOnOs(OS.LINUX)
class FilesIT {

    /** Enough for several transactions. */
    private static final int EVENTS = 2500;

    private static ObjectServer store;

    @BeforeAll
    static void start() throws IOException {
        store = new ObjectServer(IntStream.range(0, EVENTS)
                .mapToObj(n -> "{\"specversion\":\"1.0\",\"id\":\"" + n + "\",\"source\":\"files\",\"type\":\"call\","
                        + "\"subject\":\"s" + n % 7 + "\",\"time\":\"2026-11-01T00:00:00Z\"}")
                .collect(Collectors.joining("\n")));
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    private static Map<String, String> settings(String database, Map<String, String> more) {
        var settings = new HashMap<>(Databases.fresh(database));
        settings.putAll(more);
        return settings;
    }

    private static void assertCountedOnce(String database, int files) {
        assertThat(Databases.number(database, "select count(*) from usage_event"))
                .isEqualTo(EVENTS);
        assertThat(Databases.number(database, "select count(*) from usage_import"))
                .isEqualTo(files);
        assertThat(Databases.number(
                        database,
                        "select count(*) from usage_import where status = 'DONE' and lines = " + EVENTS
                                + " and counted + repeated = lines and rejected = 0"))
                .isEqualTo(files);
        assertThat(Databases.number(database, "select sum(counted) from usage_import"))
                .isEqualTo(EVENTS);
        assertThat(Databases.number(database, "select count(*) from parked_item"))
                .isZero();
    }

    @Test
    void onLambda() throws Exception {
        var events = new LinkedHashMap<String, String>();
        events.put("direct", s3Event("direct"));
        events.put("queue", inQueue(s3Event("queue")));
        events.put("topic", topic(s3Event("topic")));
        events.put("both", inQueue(notification(s3Event("both"))));
        events.put("bus", eventBridgeEvent("bus"));
        Map<String, String> settings = settings(
                "files_lambda",
                Map.of(
                        "ODOMETER_FILES_STORE", "s3",
                        "ODOMETER_FILES_S3_ENDPOINT", store.url(),
                        "AWS_ACCESS_KEY_ID", "key",
                        "AWS_SECRET_ACCESS_KEY", "secret"));

        try (var instance = LambdaProcess.start(settings)) {
            for (var event : events.entrySet()) {
                for (int delivery = 0; delivery < 2; delivery++) {
                    Answer answer = instance.invoke(event.getValue().getBytes(UTF_8));
                    assertThat(answer.failed())
                            .as(event.getKey() + answer.text())
                            .isFalse();
                    assertThat(answer.text()).doesNotContain("itemIdentifier");
                }
            }
        }
        assertCountedOnce("files_lambda", events.size());
    }

    private static String s3Event(String key) {
        return """
                {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-central-1",
                "eventTime":"2026-11-01T00:00:00.000Z","eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0",
                "bucket":{"name":"inbox","arn":"arn:aws:s3:::inbox"},
                "object":{"key":"%s.ndjson","size":1,"eTag":"%s","sequencer":"0A"}}}]}
                """.formatted(key, ObjectServer.ETAG);
    }

    private static String inQueue(String body) {
        return """
                {"Records":[{"messageId":"m","receiptHandle":"r","body":%s,"attributes":{"ApproximateReceiveCount":"1"},
                "messageAttributes":{},"md5OfBody":"0","eventSource":"aws:sqs","awsRegion":"eu-central-1",
                "eventSourceARN":"arn:aws:sqs:eu-central-1:123456789012:files"}]}
                """.formatted(json(body));
    }

    private static String notification(String message) {
        return """
                {"Type":"Notification","MessageId":"n","TopicArn":"arn:aws:sns:eu-central-1:123456789012:files",
                "Message":%s,"Timestamp":"2026-11-01T00:00:00.000Z"}
                """.formatted(json(message));
    }

    private static String topic(String message) {
        return """
                {"Records":[{"EventSource":"aws:sns","EventVersion":"1.0",
                "EventSubscriptionArn":"arn:aws:sns:eu-central-1:123456789012:files:1","Sns":%s}]}
                """.formatted(notification(message));
    }

    private static String eventBridgeEvent(String key) {
        return """
                {"version":"0","id":"e","detail-type":"Object Created","source":"aws.s3","account":"123456789012",
                "time":"2026-11-01T00:00:00Z","region":"eu-central-1","resources":["arn:aws:s3:::inbox"],
                "detail":{"version":"0","bucket":{"name":"inbox"},
                "object":{"key":"%s.ndjson","size":1,"etag":"%s","sequencer":"0A"}}}
                """.formatted(key, ObjectServer.ETAG);
    }

    private static String json(String text) {
        return new JsonMapper().writeValueAsString(text);
    }

    @Test
    void onAzure() throws Exception {
        Map<String, String> settings = settings(
                "files_azure",
                Map.of(
                        "ODOMETER_FILES_STORE", "azure",
                        "odometer.files.azure.endpoint", store.url(),
                        "odometer.files.azure.sas", "sig=x"));
        var triggers = FunctionApp.start(settings).instance(FileTriggers.class);
        String created = """
                {"specversion":"1.0","id":"e","source":"/subscriptions/s","type":"Microsoft.Storage.BlobCreated",
                "time":"2026-11-01T00:00:00Z","subject":"/blobServices/default/containers/inbox/blobs/grid.ndjson",
                "data":{"url":"https://odometer.blob.core.windows.net/inbox/grid.ndjson","eTag":"%s","contentLength":1}}
                """.formatted(ObjectServer.ETAG);

        for (int delivery = 0; delivery < 2; delivery++) {
            triggers.blob(new byte[1], "inbox/blob.ndjson", "{\"ETag\":\"\\\"" + ObjectServer.ETAG + "\\\"\"}");
            triggers.eventGrid(created);
        }

        assertCountedOnce("files_azure", 2);
    }

    @Test
    void onGoogleCloud() throws Exception {
        Map<String, String> settings = settings(
                "files_google",
                Map.of(
                        "ODOMETER_PUSH",
                        "open",
                        "ODOMETER_FILES_STORE",
                        "google",
                        "ODOMETER_FILES_GOOGLE_ENDPOINT",
                        store.url(),
                        "ODOMETER_FILES_GOOGLE_METADATA",
                        store.url()));

        try (var instance = InvokerProcess.start(settings)) {
            for (HttpRequest push : List.of(eventarc(), notified(), eventarc(), notified())) {
                HttpReply reply = instance.client().send(push);
                assertThat(reply.status())
                        .as(new String(reply.body(), UTF_8) + instance.logged())
                        .isEqualTo(204);
            }
        }
        assertCountedOnce("files_google", 2);
    }

    private static String object(String name) {
        return "{\"bucket\":\"inbox\",\"name\":\"" + name + "\",\"generation\":\"" + ObjectServer.GENERATION
                + "\",\"size\":\"1\",\"timeCreated\":\"2026-11-01T00:00:00Z\"}";
    }

    private static HttpRequest eventarc() {
        return push(
                "/",
                object("eventarc.ndjson"),
                Map.of(
                        "ce-specversion", "1.0",
                        "ce-id", "1",
                        "ce-source", "//storage.googleapis.com/projects/_/buckets/inbox",
                        "ce-type", "google.cloud.storage.object.v1.finalized",
                        "ce-subject", "objects/eventarc.ndjson"));
    }

    private static HttpRequest notified() {
        String data = Base64.getEncoder().encodeToString(object("pubsub.ndjson").getBytes(UTF_8));
        return push("/channels/files", """
                {"subscription":"projects/p/subscriptions/files","message":{"messageId":"2","data":"%s",
                "attributes":{"notificationConfig":"projects/_/buckets/inbox/notificationConfigs/1",
                "eventType":"OBJECT_FINALIZE","payloadFormat":"JSON_API_V1","bucketId":"inbox",
                "objectId":"pubsub.ndjson","objectGeneration":"17"}}}
                """.formatted(data), Map.of());
    }

    private static HttpRequest push(String path, String body, Map<String, String> attributes) {
        Headers headers = Headers.of("Content-Type", "application/json")
                .with("Content-Length", String.valueOf(body.getBytes(UTF_8).length));
        for (var attribute : attributes.entrySet()) {
            headers = headers.with(attribute.getKey(), attribute.getValue());
        }
        return new HttpRequest("POST", path, null, headers, body.getBytes(UTF_8));
    }
}
