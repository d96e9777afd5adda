package dev.odometer.azure.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.batch.RedeliveryException;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.door.own.OwnService;
import dev.odometer.door.own.WithoutBilling;
import dev.odometer.door.start.FunctionApplication;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The platform runs custom functions, with neither billing nor a database on the class path. */
class OwnServiceTest {

    @TempDir
    Path folder;

    /** Starts the application, calls a route, passes an event with the given subject and calls the timer. */
    static final class Sender implements UnaryOperator<String> {

        @Override
        public String apply(String subject) {
            var environment = new StandardEnvironment();
            environment.getPropertySources().addFirst(new MapPropertySource("test", SETTINGS));
            try (var application = FunctionApplication.start(environment, AzureApplication.class)) {
                byte[] greeting = application
                        .getBean(HttpDoor.class)
                        .handle(new HttpRequest("GET", "/greetings/you", null, Headers.NONE, new byte[0]))
                        .body();
                application.getBean(EventTriggers.class).serviceBus(List.of(OwnService.event(subject)));
                application.getBean(TimerTriggers.class).timer(null);
                return new String(greeting, StandardCharsets.UTF_8) + OwnService.PROCESSED;
            } catch (RedeliveryException failed) {
                return String.valueOf(failed.getMessage());
            } catch (InterruptedException stopping) {
                throw new IllegalStateException(stopping);
            }
        }
    }

    private static final Map<String, Object> SETTINGS =
            Map.of("odometer.azure.patience", "PT2S", "odometer.azure.schedule", "nightly");

    @Test
    void answersRequestsHandlesEventsAndRunsSchedules() throws Exception {
        assertThat(WithoutBilling.run(Sender.class, "milk", folder)).isEqualTo("{\"hello\":\"you\"}[milk, nightly]");
    }

    @Test
    void failsTheInvocationForPoisonWithoutADeadLetterStore() throws Exception {
        assertThat(WithoutBilling.run(Sender.class, "refused", folder))
                .endsWith("no store for dead letters is configured: it is refused");
    }
}
