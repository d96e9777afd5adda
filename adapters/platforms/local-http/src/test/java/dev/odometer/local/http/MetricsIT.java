package dev.odometer.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class MetricsIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    /** SHA-256 of {@code secret}. */
    private static final String DIGEST = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    private static ConfigurableApplicationContext start(String... arguments) {
        var application = new SpringApplication(LocalProbes.class);
        return application.run(
                Stream.concat(Stream.of("--server.port=0", "--logging.level.root=OFF"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static HttpRequest.Builder to(ConfigurableApplicationContext service, String target) {
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target));
    }

    private static String event(String id) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"s\",\"type\":\"t\"}";
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void countsRequestsByRouteAndStatus() throws Exception {
        try (var service = start()) {
            send(to(service, "/echo/a"));
            send(to(service, "/echo/b"));
            send(to(service, "/made/up").method("BREW", BodyPublishers.noBody()));

            assertThat(send(to(service, "/prometheus")).body())
                    .contains("http_server_requests_seconds_count{method=\"GET\",status=\"200\",uri=\"/echo/{id}\"} 2")
                    .contains("http_server_requests_seconds_count{method=\"none\",status=\"404\",uri=\"none\"} 1")
                    .doesNotContain("BREW", "/made/up");
        }
    }

    @Test
    void countsAcceptedEvents() throws Exception {
        try (var service = start()) {
            send(to(service, "/swallow")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("[" + event("1") + "," + event("2") + "]")));

            assertThat(send(to(service, "/prometheus")).body()).contains("odometer_events_accepted_total 2.0");
        }
    }

    @Test
    void countsRefusedEventsByTheClassOfTheReason() throws Exception {
        try (var service = start("--odometer.max-body-bytes=1000")) {
            send(swallow(service, "application/json", "[" + event("1") + ",{\"id\":\"customer-17\"}]"));
            send(swallow(service, "application/json", "[" + event("1") + "," + "x".repeat(1000)));
            send(swallow(service, "text/customer-18", event("1")));
            send(to(service, "/echo/a").POST(BodyPublishers.ofString("x")));

            assertThat(send(to(service, "/prometheus")).body())
                    .contains("odometer_events_refused_total{reason=\"invalid\"} 1.0")
                    .contains("odometer_events_refused_total{reason=\"too_large\"} 1.0")
                    .contains("odometer_events_refused_total{reason=\"media_type\"} 1.0")
                    .contains("odometer_events_refused_total{reason=\"unavailable\"} 0.0")
                    .contains("odometer_events_accepted_total 0.0")
                    .doesNotContain("customer");
        }
    }

    @Test
    void countsTheEventsOfABatchThatItsFunctionRefuses() throws Exception {
        try (var service = start()) {
            send(swallow(service, "application/json", "[" + event("1") + "," + event("refused") + "]"));

            assertThat(send(to(service, "/prometheus")).body())
                    .contains("odometer_events_refused_total{reason=\"invalid\"} 2.0");
        }
    }

    private static HttpRequest.Builder swallow(ConfigurableApplicationContext service, String type, String body) {
        return to(service, "/swallow").header("Content-Type", type).POST(BodyPublishers.ofString(body));
    }

    @Test
    void reportsTheJvm() throws Exception {
        try (var service = start()) {
            HttpResponse<String> metrics = send(to(service, "/prometheus"));

            assertThat(metrics.body()).contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "process_uptime");
            assertThat(metrics.headers().firstValue("content-type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
            assertThat(send(to(service, "/prometheus").DELETE()).statusCode()).isEqualTo(405);
        }
    }

    @Test
    void requiresAKeyIfKeysAreConfigured() throws Exception {
        try (var service = start("--odometer.api-keys=" + DIGEST)) {
            assertThat(send(to(service, "/prometheus")).statusCode()).isEqualTo(401);
            assertThat(send(to(service, "/prometheus").header("Authorization", "Bearer secret"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void tellsTheNameAndTheVersion() throws Exception {
        try (var service = start("--spring.application.name=shop", "--spring.application.version=1.2")) {
            assertThat(send(to(service, "/version")).body()).isEqualTo("{\"name\":\"shop\",\"version\":\"1.2\"}");
            assertThat(send(to(service, "/prometheus")).body())
                    .contains("application_info{name=\"shop\",version=\"1.2\"} 1");
        }
    }
}
