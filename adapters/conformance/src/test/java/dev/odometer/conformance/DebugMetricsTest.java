package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The counts of events over HTTP. They depend on the whole store, so they are not in the cases, which share one. */
class DebugMetricsTest {

    private static final String EVENTS = """
            [{"specversion": "1.0", "id": "1", "source": "s", "type": "t", "subject": "customer-1"},
             {"specversion": "1.0", "id": "2", "source": "s", "type": "t", "subject": "customer-1"},
             {"specversion": "1.0", "id": "2", "source": "s", "type": "t", "subject": "customer-1"},
             {"specversion": "1.0", "id": "3", "source": "s", "type": "t", "subject": "customer-2",
              "time": "2020-01-01T00:00:00Z"}]
            """;

    private static HttpReply send(ConfigurableApplicationContext context, String method, String path, String body) {
        return InMemoryApp.door(context)
                .handle(new HttpRequest(
                        method,
                        path,
                        null,
                        Headers.of("Content-Type", "application/json", "Accept", "*/*"),
                        body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void countTheEventsOfTodayBySubject() {
        try (var context = InMemoryApp.start()) {
            send(context, "POST", "/api/v1/events", EVENTS);

            HttpReply reply = send(context, "GET", "/api/v1/debug/metrics", "");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers().all("Content-Type")).containsExactly("text/plain");
            assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("""
                    # HELP openmeter_events Number of ingested events
                    # TYPE openmeter_events counter
                    openmeter_events_total{subject="customer-1"} 2.0
                    # EOF
                    """);
        }
    }
}
