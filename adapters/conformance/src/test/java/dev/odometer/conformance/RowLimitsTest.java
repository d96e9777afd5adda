package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Queries are bounded: an answer with more rows is refused with a sentence instead of filling the memory. */
class RowLimitsTest {

    private static final String RANGE = "from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z";
    private static ConfigurableApplicationContext app;
    private static String meterId = "";
    private static String token = "";

    /** Three subjects with three models; the first one has usage in two minutes. */
    @BeforeAll
    static void recordUsage() {
        app = InMemoryApp.start("odometer.query.max-rows=2", "odometer.portal.max-rows=1");
        meterId = Case.JSON
                .readTree(send("POST", "/api/v1/meters", "", """
                        {"slug": "calls", "aggregation": "COUNT", "eventType": "call", "groupBy": {"model": "$.model"}}
                        """).body())
                .path("id")
                .asString();
        String[] minutes = {"00", "01", "02", "03"};
        for (int i = 0; i < minutes.length; i++) {
            send("POST", "/api/v1/events", "", """
                    {"specversion": "1.0", "id": "%d", "source": "s", "type": "call", "subject": "s-%d",
                     "time": "2026-01-01T00:%s:00Z", "data": {"model": "m-%d"}}
                    """.formatted(i, i % 3, minutes[i], i));
        }
        token = Case.JSON
                .readTree(send("POST", "/api/v1/portal/tokens", "", "{\"subject\": \"s-0\"}")
                        .body())
                .path("token")
                .asString();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static HttpReply send(String method, String path, String query, String body) {
        boolean isEvent = body.contains("specversion");
        return InMemoryApp.door(app)
                .handle(new HttpRequest(
                        method,
                        path,
                        query,
                        Headers.of(
                                "Content-Type",
                                isEvent ? "application/cloudevents+json" : "application/json",
                                "Authorization",
                                "Bearer " + token),
                        body.getBytes(StandardCharsets.UTF_8)));
    }

    private static void refuses(HttpReply reply, int maxRows) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(Case.JSON.readTree(reply.body()).path("detail").asString())
                .isEqualTo(
                        "validation error: the answer has more than " + maxRows + " rows; use a shorter range, larger"
                                + " windows, filters or fewer groups, or request an export");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/meters/calls/query,windowSize=MINUTE",
        "/api/v1/meters/calls/query,groupBy=model",
        "/api/v1/meters/calls/subjects,",
        "/api/v1/meters/calls/group-by/model/values,from=now",
    })
    void refusesMoreRows(String path, String query) {
        String recent = "from=now".equals(query) ? recordNow() : query;

        refuses(send("GET", path, recent, ""), 2);
    }

    /** Values are listed for recent ranges only, so this needs events of now. */
    private static String recordNow() {
        for (int i = 0; i < 3; i++) {
            send("POST", "/api/v1/events", "", """
                    {"specversion": "1.0", "id": "now-%d", "source": "s", "type": "call", "subject": "now",
                     "data": {"model": "now-%d"}}
                    """.formatted(i, i));
        }
        return "";
    }

    @Test
    void refusesMoreRowsInAPostAndInVersion3() {
        refuses(send("POST", "/api/v1/meters/calls/query", "", "{\"windowSize\": \"MINUTE\"}"), 2);
        refuses(send("POST", "/api/v3/openmeter/meters/" + meterId + "/query", "", "{\"granularity\": \"PT1M\"}"), 2);
    }

    @Test
    void answersAsManyRowsAsAreAllowed() {
        HttpReply reply = send("GET", "/api/v1/meters/calls/query", RANGE + "&windowSize=MINUTE&subject=s-0", "");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(Case.JSON.readTree(reply.body()).path("data")).hasSize(2);
    }

    @Test
    void thePortalHasALowerBound() {
        refuses(send("GET", "/api/v1/portal/meters/calls/query", RANGE + "&windowSize=MINUTE", ""), 1);
        assertThat(send("GET", "/api/v1/portal/meters/calls/query", RANGE, "").status())
                .isEqualTo(200);
    }
}
