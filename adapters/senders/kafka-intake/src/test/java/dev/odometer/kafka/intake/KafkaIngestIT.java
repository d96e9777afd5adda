package dev.odometer.kafka.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.InMemoryPorts;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.UsageLog;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Ingests events from an HTTP request to the topic. */
class KafkaIngestIT {

    private static final EventSearch ALL = new EventSearch(null, null, null, null, null, null, null, null, 100);
    private static Broker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = new Broker();
        broker.topic("usage-in", 1, Map.of("max.message.bytes", "16384"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static ConfigurableApplicationContext app(String... properties) {
        return new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "odometer.channels.usage.topic=usage-in")
                .properties(properties)
                .run();
    }

    private static HttpReply post(ConfigurableApplicationContext app, String body) {
        var headers = Headers.of("Content-Type", "application/json");
        return app.getBean(HttpDoor.class)
                .handle(new HttpRequest("POST", "/api/v1/events", null, headers, body.getBytes(UTF_8)));
    }

    private static String event(String id, String text) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"shop\",\"type\":\"request\","
                + "\"subject\":\"acme\",\"data\":{\"text\":\"" + text + "\"}}";
    }

    @Test
    void sendsAnEventToTheTopicWithoutCountingIt() {
        try (var app = app("odometer.ingest=kafka", "odometer.kafka.bootstrap-servers=" + broker.address())) {
            HttpReply reply = post(app, event("e-1", "x"));

            assertThat(reply.status()).isEqualTo(204);
            assertThat(broker.records("usage-in"))
                    .anySatisfy(
                            record -> assertThat(record.value()).asString().contains("\"id\":\"e-1\"", "\"time\":\"20"))
                    .allSatisfy(record -> assertThat(record.headers().lastHeader("traceparent"))
                            .isNotNull());
            assertThat(app.getBean(UsageLog.class).list(ALL)).isEmpty();
        }
    }

    @Test
    void returns400ForAnEventThatIsTooLargeForTheTopic() {
        try (var app = app("odometer.ingest=kafka", "odometer.kafka.bootstrap-servers=" + broker.address())) {
            HttpReply reply = post(app, "[" + event("e-2", "x") + "," + event("e-3", "x".repeat(15_000)) + "]");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(new String(reply.body(), UTF_8)).contains("[1]: the event must have at most 14336 bytes");
            assertThat(broker.records("usage-in"))
                    .noneSatisfy(record -> assertThat(record.value()).asString().contains("\"id\":\"e-2\""));
        }
    }

    @Test
    void returns503WithRetryAfterWithoutABroker() {
        try (var app = app(
                "odometer.ingest=kafka",
                "odometer.kafka.bootstrap-servers=127.0.0.1:1",
                "odometer.kafka.delivery-timeout=1s")) {
            HttpReply reply = post(app, event("e-4", "x"));

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.headers().first("Retry-After")).contains("1");
            assertThat(new String(reply.body(), UTF_8)).contains("the message broker is unavailable");
        }
    }

    @Test
    void appendsToTheUsageLogByDefault() {
        try (var app = app()) {
            post(app, event("e-5", "x"));

            assertThat(app.getBean(UsageLog.class).list(ALL)).hasSize(1);
        }
    }

    @Test
    void doesNotStartWithAnUnknownMode() {
        assertThatThrownBy(() -> app("odometer.ingest=kafak"))
                .rootCause()
                .hasMessage("odometer.ingest: unknown mode: kafak");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(InMemoryPorts.class)
    static class App {}
}
