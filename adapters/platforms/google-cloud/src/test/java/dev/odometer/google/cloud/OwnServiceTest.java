package dev.odometer.google.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.door.own.OwnService;
import dev.odometer.door.own.WithoutBilling;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.StandardEnvironment;

/** The platform runs custom functions, with neither billing nor a database on the class path. */
class OwnServiceTest {

    @TempDir
    Path folder;

    /** Starts the application, pushes an event with the given subject, calls a schedule and a route. */
    static final class Sender implements UnaryOperator<String> {

        @Override
        public String apply(String subject) {
            try (var application = GoogleApplication.start(new StandardEnvironment())) {
                HttpDoor door = application.getBean(HttpDoor.class);
                HttpReply pushed = send(door, "POST", "/", OwnService.event(subject));
                HttpReply called = send(door, "POST", "/schedules/nightly", "");
                HttpReply greeted = send(door, "GET", "/greetings/you", "");
                return pushed.status() + " " + called.status() + " "
                        + new String(greeted.body(), StandardCharsets.UTF_8) + OwnService.PROCESSED;
            }
        }

        private static HttpReply send(HttpDoor door, String method, String path, String body) {
            return door.handle(
                    new HttpRequest(method, path, null, Headers.NONE, body.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void answersRequestsHandlesEventsAndRunsSchedules() throws Exception {
        assertThat(WithoutBilling.run(Sender.class, "milk", folder))
                .isEqualTo("204 204 {\"hello\":\"you\"}[milk, nightly]");
    }

    @Test
    void hasPoisonRedeliveredWithoutADeadLetterStore() throws Exception {
        assertThat(WithoutBilling.run(Sender.class, "refused", folder)).startsWith("503 ");
    }
}
