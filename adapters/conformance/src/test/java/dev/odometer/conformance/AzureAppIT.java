package dev.odometer.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.azure.functions.EventTriggers;
import dev.odometer.azure.functions.FileTriggers;
import dev.odometer.conformance.azure.FunctionApp;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The deployed function app on PostgreSQL, without the host and the worker. */
class AzureAppIT {

    private static final int THREADS = 32;
    private static final String POISON = "{\"specversion\":\"1.0\"}";

    private static String event(String id) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id
                + "\",\"source\":\"azure\",\"type\":\"azure\",\"subject\":\"acme\",\"data\":{}}";
    }

    private static long number(String database, String table) {
        return Databases.number(database, "select count(*) from " + table);
    }

    private static HttpReply send(FunctionApp app, String path) throws Exception {
        return app.send(new HttpRequest("GET", path, null, Headers.NONE, new byte[0]));
    }

    private static Callable<Integer> ingested(FunctionApp app, String id) {
        var headers = Headers.of("Content-Type", "application/cloudevents+json");
        var request = new HttpRequest(
                "POST", "/api/v1/events", null, headers, event(id).getBytes(UTF_8));
        return () -> app.send(request).status();
    }

    private static Callable<Integer> delivered(FunctionApp app, String id) {
        return () -> {
            EventTriggers triggers = app.instance(EventTriggers.class);
            triggers.eventHub(List.of(event(id)));
            triggers.serviceBus(List.of(event(id)));
            triggers.queue(event(id));
            return 204;
        };
    }

    @Test
    void countsABatchAndStoresItsPoisonAsADeadLetterOnce() throws Exception {
        var app = FunctionApp.start(Databases.fresh("azure_batch"));
        List<String> batch = List.of(event("1"), POISON, event("2"), event("1"));

        app.instance(EventTriggers.class).eventHub(batch);
        app.instance(EventTriggers.class).eventHub(batch);

        assertThat(number("azure_batch", "usage_event")).isEqualTo(2);
        assertThat(number("azure_batch", "parked_item")).isEqualTo(1);
    }

    /** A function app has no readiness probe; the first request reports the reason. */
    @Test
    void isUnavailableWithAReasonWithoutTables() throws Exception {
        var settings = new HashMap<>(Databases.empty("azure_no_tables"));
        settings.put("ODOMETER_AZURE_PATIENCE", "PT2S");
        var app = FunctionApp.start(settings);

        HttpReply reply = send(app, "/api/v1/meters");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(new String(reply.body(), UTF_8))
                .contains("the database has no tables of Odometer: run the command migrate");
        assertThatThrownBy(() -> app.instance(EventTriggers.class).eventHub(List.of(event("1"))))
                .hasMessageContaining("run the command migrate");
    }

    @Test
    void countsEachEventOnceThroughConcurrentTriggers() throws Exception {
        var app = FunctionApp.start(Databases.fresh("azure_threads"));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 4 * THREADS; i++) {
            calls.add(i % 2 == 0 ? ingested(app, "e" + i / 4) : delivered(app, "e" + i / 4));
        }

        var statuses = new ArrayList<Integer>();
        for (var answer : threads.invokeAll(calls)) {
            statuses.add(answer.get());
        }
        threads.shutdown();

        assertThat(statuses).isEqualTo(Collections.nCopies(4 * THREADS, 204));
        assertThat(number("azure_threads", "usage_event")).isEqualTo(THREADS);
    }

    @Test
    void returnsToEachThreadItsOwnResponse() throws Exception {
        var app = FunctionApp.start(Databases.fresh("azure_answers"));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 4 * THREADS; i++) {
            String path = "/api/v1/meters/none-" + i;
            calls.add(() -> new String(send(app, path).body(), UTF_8));
        }

        var answers = new ArrayList<String>();
        for (var answer : threads.invokeAll(calls)) {
            answers.add(answer.get());
        }
        threads.shutdown();

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i)).contains("not found: none-" + i + "\"");
        }
    }

    @Test
    void hasABatchRedeliveredWhileTheDatabaseIsUnavailable() throws Exception {
        var app = FunctionApp.start(Map.of(
                "ODOMETER_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none", "ODOMETER_AZURE_PATIENCE", "PT2S"));
        EventTriggers triggers = app.instance(EventTriggers.class);

        assertThatThrownBy(() -> triggers.eventHub(List.of(event("1"), POISON)))
                .hasMessageContaining("2 of 2 items must be redelivered");
        assertThat(send(app, "/api/v1/meters").status()).isEqualTo(503);
    }

    @Test
    void reportsAFailedStartAndStartsLater() throws Exception {
        assertThatThrownBy(() -> FunctionApp.start(Map.of()))
                .isInstanceOf(Exception.class)
                .hasStackTraceContaining("ODOMETER_DATABASE_URL");

        var app = FunctionApp.start(Databases.fresh("azure_later"));

        assertThat(send(app, "/api/v1/meters").status()).isEqualTo(200);
    }

    @Test
    void servesTheSelectedFunctions() throws Exception {
        var settings = new HashMap<>(Databases.fresh("azure_chosen"));
        settings.put("SPRING_CLOUD_FUNCTION_DEFINITION", "listMeters");
        var app = FunctionApp.start(settings);

        assertThat(send(app, "/api/v1/meters").status()).isEqualTo(200);
        assertThat(send(app, "/api/v1/subjects").status()).isEqualTo(404);
        assertThatThrownBy(() -> app.instance(EventTriggers.class).queue(event("1")))
                .hasMessage("No active binding takes EVENTS");
    }

    @Test
    void failsForFilesWithoutABinding() throws Exception {
        var app = FunctionApp.start(Databases.fresh("azure_files"));

        assertThatThrownBy(() -> app.instance(FileTriggers.class).blob(new byte[0], "usage/a.csv", null))
                .hasMessage("No active binding takes FILES");
    }
}
