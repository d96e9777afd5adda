package dev.odometer.conformance.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.google.InvokerProcess;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The deployed folder in Google's invoker: requests, Pub/Sub pushes, Eventarc and Cloud Scheduler. */
@EnabledOnOs(OS.LINUX)
class OrdersGoogleIT extends OrdersContract {

    @Override
    Service start() throws Exception {
        var store = new ObjectStore();
        var settings = new HashMap<>(SETTINGS);
        settings.putAll(Map.of(
                "ODOMETER_PUSH",
                "open",
                "ODOMETER_FILES_STORE",
                "google",
                "ODOMETER_FILES_GOOGLE_ENDPOINT",
                store.url(),
                "ODOMETER_FILES_GOOGLE_METADATA",
                store.url()));
        return new Google(
                store, InvokerProcess.start(Path.of("../../examples/orders/google/target/orders-google"), settings));
    }

    private record Google(ObjectStore store, InvokerProcess instance) implements Service {

        @Override
        public HttpReply send(HttpRequest request) throws Exception {
            return instance.client().send(request);
        }

        private void push(String path, @Nullable String query, Headers headers, String body) throws Exception {
            byte[] bytes = body.getBytes(UTF_8);
            Headers all = headers.with("Content-Type", "application/json")
                    .with("Content-Length", String.valueOf(bytes.length));
            HttpReply reply = send(new HttpRequest("POST", path, query, all, bytes));
            assertThat(reply.status())
                    .as(new String(reply.body(), UTF_8) + instance.logged())
                    .isEqualTo(204);
        }

        @Override
        public void deliver(String message) throws Exception {
            String data = Base64.getEncoder().encodeToString(message.getBytes(UTF_8));
            push("/channels/payments", null, Headers.NONE, """
                    {"subscription":"projects/p/subscriptions/payments","message":{"messageId":"1","data":"%s"}}
                    """.formatted(data));
        }

        @Override
        public void upload(String name, String content) throws Exception {
            store.put("inbox/" + name, content);
            Headers event = Headers.of("ce-specversion", "1.0")
                    .with("ce-id", "1")
                    .with("ce-source", "//storage.googleapis.com/projects/_/buckets/inbox")
                    .with("ce-type", "google.cloud.storage.object.v1.finalized")
                    .with("ce-subject", "objects/" + name);
            push("/", null, event, """
                    {"bucket":"inbox","name":"%s","generation":"%s","size":"1","timeCreated":"2026-11-01T00:00:00Z"}
                    """.formatted(name, ObjectStore.GENERATION));
        }

        @Override
        public void tick(Instant due) throws Exception {
            push("/schedules/cancelUnpaid", "due=" + due, Headers.NONE, "");
        }

        @Override
        public List<String> deadLetters() {
            return store.contents("dead-letters");
        }

        @Override
        public void close() throws IOException {
            instance.close();
            store.close();
        }
    }
}
