package dev.odometer.door.own;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.batch.Outcome;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.door.schedule.ScheduleDoor;
import dev.odometer.door.start.FunctionApplication;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.schedule.Tick;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The door serves functions of other services, without a database on the class path. */
class OwnServiceTest {

    @BeforeEach
    void clear() {
        OwnService.PROCESSED.clear();
    }

    private static ConfigurableApplicationContext started() {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of("odometer.push", "on")));
        return FunctionApplication.start(environment, OwnService.class);
    }

    private static HttpReply send(ConfigurableApplicationContext application, String method, String path, String body) {
        return application
                .getBean(HttpDoor.class)
                .handle(new HttpRequest(method, path, null, Headers.NONE, body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void answersRequests() {
        try (var application = started()) {
            HttpReply reply = send(application, "GET", "/greetings/you", "");

            assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("{\"hello\":\"you\"}");
        }
    }

    @Test
    void processesEvents() {
        try (var application = started()) {
            assertThat(send(application, "POST", "/", OwnService.event("milk")).status())
                    .isEqualTo(204);
            assertThat(OwnService.PROCESSED).containsExactly("milk");
        }
    }

    @Test
    void retriesPoisonWithoutADeadLetterStore() {
        try (var application = started()) {
            HttpReply reply = send(application, "POST", "/", OwnService.event("refused"));

            assertThat(reply.status()).isEqualTo(503);
            assertThat(new String(reply.body(), StandardCharsets.UTF_8))
                    .contains("no store for dead letters is configured: it is refused");
        }
    }

    @Test
    void runsSchedules() {
        try (var application = started()) {
            var tick = new Tick("nightly", Instant.parse("2026-11-01T02:00:00Z"));

            assertThat(application.getBean(ScheduleDoor.class).tick(tick, Deadline.NONE))
                    .isEqualTo(Outcome.OK);
            assertThat(OwnService.PROCESSED).containsExactly("nightly");
        }
    }
}
