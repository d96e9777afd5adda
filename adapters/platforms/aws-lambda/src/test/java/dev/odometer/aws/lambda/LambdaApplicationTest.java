package dev.odometer.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.functions.file.FileStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Starts the application with the environment variables of a function and an unavailable database. */
class LambdaApplicationTest {

    private static final String URL = "ODOMETER_DATABASE_URL";
    private static final String AWAY = "jdbc:postgresql://127.0.0.1:1/none";

    private static ConfigurableApplicationContext started(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return LambdaApplication.start(environment);
    }

    private static ConfigurableApplicationContext startedWith(String name, String value) {
        var variables = new HashMap<String, Object>(Map.of(URL, AWAY));
        variables.put(name, value);
        return started(variables);
    }

    private static HttpReply ask(
            ConfigurableApplicationContext application, String method, String path, String... headers) {
        return application
                .getBean(HttpDoor.class)
                .handle(new HttpRequest(method, path, null, Headers.of(headers), new byte[0]));
    }

    @Test
    void startsWithoutTheDatabaseAndAnswersRequestsWith503() {
        try (var application = started(Map.of(URL, AWAY))) {
            assertThat(ask(application, "GET", "/api/v1/meters").status()).isEqualTo(503);
        }
    }

    @Test
    void namesAMissingSetting() {
        assertThatIllegalStateException().isThrownBy(() -> started(Map.of())).withMessageContaining(URL);
    }

    @Test
    void createsTheConfiguredFileStore() {
        try (var application = startedWith("ODOMETER_FILES_STORE", "s3")) {
            assertThat(application.getBean(FileStore.class))
                    .extracting(store -> store.getClass().getPackageName())
                    .isEqualTo("dev.odometer.files.s3");
        }
        try (var application = started(Map.of(URL, AWAY))) {
            assertThat(application.getBeanProvider(FileStore.class)).isEmpty();
        }
    }

    @Test
    void createsEveryFunctionAtStart() {
        try (var application = started(Map.of(URL, AWAY))) {
            assertThat(application.getBeanFactory().getSingletonNames())
                    .contains("queryUsage", "recordUsage", "eventKinds");
        }
    }

    @Test
    void servesOnlyTheFunctionsOfTheDefinition() {
        try (var application = startedWith("SPRING_CLOUD_FUNCTION_DEFINITION", "queryUsage;listMeters")) {
            assertThat(ask(application, "OPTIONS", "/api/v1/subjects").status()).isEqualTo(404);
            assertThat(ask(application, "OPTIONS", "/api/v1/meters/a/query").status())
                    .isEqualTo(204);
        }
    }

    @Test
    void requiresTheKeyOfTheConfiguredDigest() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest("secret".getBytes(StandardCharsets.UTF_8));
        try (var application = startedWith("ODOMETER_API_KEYS", HexFormat.of().formatHex(digest))) {
            assertThat(ask(application, "GET", "/nowhere").status()).isEqualTo(401);
            assertThat(ask(application, "GET", "/nowhere", "Authorization", "Bearer secret")
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void readsNumbersFromEnvironmentVariables() {
        try (var application = startedWith("ODOMETER_MAX_BODY_BYTES", "17")) {
            assertThat(application.getBean(HttpDoor.class).maxBodyBytes()).isEqualTo(17);
        }
    }

    @Test
    void readsMetersFromEnvironmentVariables() {
        var variables = Map.<String, Object>of(
                URL, AWAY, "ODOMETER_METERS_0_SLUG", "tokens", "ODOMETER_METERS_0_AGGREGATION", "SUM");

        assertThat(catchStart(variables)).hasMessageContaining("odometer.meters[0]");
    }

    private static Throwable catchStart(Map<String, Object> variables) {
        try (var application = started(variables)) {
            return new AssertionError("started: " + application);
        } catch (RuntimeException refused) {
            return refused;
        }
    }
}
