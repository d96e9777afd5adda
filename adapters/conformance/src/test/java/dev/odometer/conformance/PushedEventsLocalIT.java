package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.google.RawClient;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.local.http.Odometer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Pushes of Knative to the local service. */
class PushedEventsLocalIT extends PushedEventsContract {

    private static final Map<String, String> DATABASE = Databases.fresh("pushed_local");
    private static final ConfigurableApplicationContext SERVICE = start("open", DATABASE);

    private static ConfigurableApplicationContext start(String push, Map<String, String> database, String... more) {
        Stream<String> settings = Stream.of("--server.port=0", "--odometer.push=" + push);
        Stream<String> own = database.entrySet().stream()
                .map(setting -> "--"
                        + setting.getKey()
                                .toLowerCase(Locale.ROOT)
                                .replaceFirst("_", ".")
                                .replaceFirst("_", ".")
                                .replace('_', '-')
                        + "=" + setting.getValue());
        return Odometer.application()
                .run(Stream.of(settings, own, Stream.of(more))
                        .flatMap(all -> all)
                        .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    private static HttpReply send(ConfigurableApplicationContext service, HttpRequest request) throws IOException {
        int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return new RawClient(port).send(request);
    }

    @Override
    HttpReply send(HttpRequest request) throws IOException {
        return send(SERVICE, request);
    }

    @Override
    Map<String, String> database() {
        return DATABASE;
    }

    @Test
    void requestsRedeliveryWhileTheDatabaseIsUnavailable() throws Exception {
        var unavailable = Map.of("ODOMETER_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/away");
        try (var service = start("open", unavailable, "--odometer.database.migrate=false")) {
            assertThat(pushed(service, event("e"))).isEqualTo(503);
            // The dead letter cannot be stored either.
            assertThat(pushed(service, "poison")).isEqualTo(503);
        }
    }

    private static int pushed(ConfigurableApplicationContext service, String body) throws IOException {
        Headers headers = Headers.of("Content-Type", "application/cloudevents+json");
        return send(service, new HttpRequest("POST", "/", null, headers, body.getBytes(StandardCharsets.UTF_8)))
                .status();
    }

    @Test
    void rejectsPushesUnlessEnabled() throws Exception {
        try (var service = start("off", DATABASE)) {
            assertThat(pushed(service, event("e"))).isEqualTo(404);
        }
    }
}
