package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of services that brokers push to, on PostgreSQL: each message is counted or stored as a dead letter
 * before it is acknowledged.
 */
abstract class PushedEventsContract {

    private static final int CONCURRENCY = 32;

    private static int run;

    abstract HttpReply send(HttpRequest request) throws Exception;

    /** The settings of the database in which the service counts and stores dead letters. */
    abstract Map<String, String> database();

    @BeforeEach
    void meter() throws Exception {
        run++;
        String meter = "{\"slug\":\"calls\",\"eventType\":\"call\",\"aggregation\":\"COUNT\"}";
        send("/api/v1/meters", meter, "Content-Type", "application/json");
    }

    HttpReply send(String path, String body, String... headers) throws Exception {
        return send(new HttpRequest("POST", path, null, Headers.of(headers), body.getBytes(StandardCharsets.UTF_8)));
    }

    /** A subject that only this test uses. */
    static String subject() {
        return "run-" + run;
    }

    static String event(String id) {
        return event(id, subject());
    }

    private static String event(String id, String subject) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"tests\",\"type\":\"call\",\"subject\":\""
                + subject + "\"}";
    }

    String counted() throws Exception {
        return counted(subject());
    }

    private String counted(String subject) throws Exception {
        HttpReply reply = send(
                new HttpRequest("GET", "/api/v1/meters/calls/query", "subject=" + subject, Headers.NONE, new byte[0]));
        return Case.JSON
                .readTree(reply.body())
                .path("data")
                .path(0)
                .path("value")
                .toString();
    }

    List<String> parkedReasons() throws Exception {
        var reasons = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(
                        database().get("ODOMETER_DATABASE_URL"),
                        database().get("ODOMETER_DATABASE_USER"),
                        database().get("ODOMETER_DATABASE_PASSWORD"));
                var statement = connection.prepareStatement(
                        "select reason from parked_item where strpos(convert_from(body, 'UTF8'), ?) > 0 or id like ?")) {
            statement.setString(1, subject() + " ");
            statement.setString(2, subject() + " %");
            var rows = statement.executeQuery();
            while (rows.next()) {
                reasons.add(rows.getString(1));
            }
        }
        return reasons;
    }

    static <T> List<T> concurrently(int times, Task<T> task) throws Exception {
        var threads = Executors.newFixedThreadPool(CONCURRENCY);
        try {
            List<Callable<T>> tasks = IntStream.range(0, times)
                    .mapToObj(i -> (Callable<T>) () -> task.run(i))
                    .toList();
            var results = new ArrayList<T>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    /** A task that runs concurrently with others. */
    interface Task<T> {
        T run(int number) throws Exception;
    }

    @Test
    void countsCloudEventsOfEveryMode() throws Exception {
        send("/", event("s"), "Content-Type", "application/cloudevents+json; charset=utf-8");
        send("/", "[" + event("b1") + "," + event("b2") + "]", "Content-Type", "application/cloudevents-batch+json");
        HttpReply binary = send(
                "/channels/usage",
                "{}",
                "Content-Type",
                "application/json",
                "ce-specversion",
                "1.0",
                "ce-id",
                "h",
                "ce-source",
                "tests",
                "ce-type",
                "call",
                "ce-subject",
                subject());

        assertThat(counted()).isEqualTo("4");
        assertThat(binary.status()).isEqualTo(204);
        assertThat(binary.body()).isEmpty();
        // A response that repeats an event's headers would be a new event to a broker.
        assertThat(binary.headers().startingWith("ce-")).isEmpty();
    }

    @Test
    void countsARepeatedPushOnce() throws Exception {
        send("/", event("again"), "Content-Type", "application/cloudevents+json");
        send("/channels/usage", event("again"), "Content-Type", "application/cloudevents+json");

        assertThat(counted()).isEqualTo("1");
    }

    @Test
    void storesThePoisonOfABatchAsADeadLetterOnceAndCountsTheRest() throws Exception {
        String batch = "[" + event("good") + ",\"" + subject() + " poison\"]";

        assertThat(send("/", batch, "Content-Type", "application/cloudevents-batch+json")
                        .status())
                .isEqualTo(204);
        assertThat(send("/", batch, "Content-Type", "application/cloudevents-batch+json")
                        .status())
                .isEqualTo(204);
        assertThat(counted()).isEqualTo("1");
        assertThat(parkedReasons()).hasSize(1);
    }

    @Test
    void answersConcurrentRequests() throws Exception {
        List<String> seen = concurrently(320, i -> {
            String own = subject() + "-" + i;
            HttpReply sent =
                    send("/api/v1/events", event("r" + i, own), "Content-Type", "application/cloudevents+json");
            return sent.status() + " " + counted(own);
        });

        assertThat(seen).hasSize(320).containsOnly("204 1");
    }
}
