package dev.odometer.google.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.functions.file.FileStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class GoogleApplicationTest {

    private static ConfigurableEnvironment environment(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("set", variables));
        return environment;
    }

    @Test
    void requiresADatabase() {
        assertThatThrownBy(() -> GoogleApplication.start(environment(Map.of("ODOMETER_DATABASE_URL", ""))))
                .hasMessageContaining("ODOMETER_DATABASE_URL");
    }

    @ParameterizedTest
    @CsvSource({"ODOMETER_MAX_BODY_BYTES, 10, 204", "ODOMETER_PUSH, on, 204", "ODOMETER_PUSH, off, 404"})
    void acceptsPushesUnlessTheyAreSwitchedOff(String name, String value, int status) {
        var variables =
                Map.<String, Object>of("ODOMETER_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/away", name, value);
        try (var context = GoogleApplication.start(environment(variables))) {
            HttpReply reply = context.getBean(HttpDoor.class)
                    .handle(new HttpRequest("OPTIONS", "/", null, Headers.NONE, new byte[0]));

            assertThat(reply.status()).isEqualTo(status);
        }
    }

    @Test
    void usesTheConfiguredFileStore() {
        var variables = Map.<String, Object>of(
                "ODOMETER_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/away", "ODOMETER_FILES_STORE", "google");
        try (var context = GoogleApplication.start(environment(variables))) {
            assertThat(context.getBean(FileStore.class))
                    .extracting(store -> store.getClass().getPackageName())
                    .isEqualTo("dev.odometer.files.google");
        }
    }
}
