package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The processes of docker-compose.yml, with exactly the commands and the environment of their services, except for
 * addresses and secrets.
 */
class ComposedIT {

    private static final int TIMEOUT_SECONDS = 120;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private static Path jar(String module) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../platforms/" + module + "/target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-app.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toRealPath();
        }
    }

    private Path log(String service) {
        return folder.resolve(service + ".log");
    }

    private Process start(String service, String stage, Map<String, String> replaced, String... more) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar(stage.equals("api") ? "local-http" : "kafka-worker").toString()));
        Object arguments = Objects.requireNonNull(ContainerFiles.services().get(service), service)
                .get("command");
        if (arguments != null) {
            command.addAll(ContainerFiles.list(arguments));
        }
        command.addAll(Arrays.asList(more));
        // The root file system of a container is read-only: no folder for data can be created here either.
        Path work = Files.createDirectories(folder.resolve(service));
        if (Files.notExists(work.resolve("odometer-data"))) {
            Files.createFile(work.resolve("odometer-data"));
        }
        var builder = new ProcessBuilder(command).directory(work.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ODOMETER_"));
        Map<String, String> environment = ContainerFiles.environment(service, stage);
        environment.replaceAll((name, value) -> replaced.getOrDefault(name, value));
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true)
                .redirectOutput(log(service).toFile())
                .start();
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String digest(String key) throws GeneralSecurityException {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer composed")
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> awaited(int port, String path) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (true) {
            try {
                return get(port, path);
            } catch (IOException notYet) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(100);
            }
        }
    }

    private static Map<String, String> addresses(Map<String, String> database, int port)
            throws GeneralSecurityException {
        return Map.of(
                "ODOMETER_DATABASE_URL", database.getOrDefault("ODOMETER_DATABASE_URL", ""),
                "ODOMETER_DATABASE_USER", database.getOrDefault("ODOMETER_DATABASE_USER", ""),
                "ODOMETER_DATABASE_PASSWORD", database.getOrDefault("ODOMETER_DATABASE_PASSWORD", ""),
                "ODOMETER_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
                "ODOMETER_API_KEYS", digest("composed"),
                "ODOMETER_PORTAL_TOKEN_SECRET", "",
                "SERVER_ADDRESS", "127.0.0.1",
                "PORT", String.valueOf(port));
    }

    @Test
    void theApiIsReadyOnlyAfterMigrateHasMadeTheTables() throws Exception {
        int port = freePort();
        Map<String, String> addresses = addresses(Databases.empty("composed"), port);
        Process api = start("api", "api", addresses);
        try {
            assertThat(awaited(port, "/healthz").statusCode()).isEqualTo(503);
            assertThat(get(port, "/healthz/ready").body())
                    .isEqualTo("{\"status\":\"unavailable\","
                            + "\"reason\":\"the database has no tables of Odometer: run the command migrate\"}");
            assertThat(get(port, "/healthz/live").statusCode()).isEqualTo(200);
            assertThat(get(port, "/api/v1/meters").statusCode()).isEqualTo(503);
            assertThat(get(port, "/api/v1/meters").body()).contains("run the command migrate");

            assertThat(exitCode(start("migrate", "api", addresses))).isZero();

            assertThat(Files.readString(log("migrate"))).contains("The database schema is up to date.");
            assertThat(get(port, "/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(get(port, "/api/v1/meters").statusCode()).isEqualTo(200);
        } finally {
            api.destroy();
            api.waitFor();
        }
    }

    @Test
    void theApiStartsWithoutAWarning() throws Exception {
        int port = freePort();
        Map<String, String> addresses = addresses(Databases.fresh("composed_quiet"), port);
        Process api = start("api", "api", addresses);
        try {
            assertThat(awaited(port, "/healthz").statusCode()).isEqualTo(200);
        } finally {
            api.destroy();
            api.waitFor();
        }

        assertThat(Files.readString(log("api")))
                .contains("Odometer listens on ")
                .doesNotContain("WARN", "ERROR");
    }

    @Test
    void topicsExplainsAnUnreachableBrokerInOneSentence() throws Exception {
        Process topics = start(
                "topics",
                "worker",
                addresses(Map.of(), 0),
                "--odometer.kafka.properties.default.api.timeout.ms=3000",
                "--odometer.kafka.properties.request.timeout.ms=2000");

        assertThat(exitCode(topics)).isNotZero();

        String log = Files.readString(log("topics"));
        assertThat(log)
                .contains("The request to Kafka at 127.0.0.1:1 failed")
                .contains("Check ODOMETER_KAFKA_BOOTSTRAP_SERVERS")
                .doesNotContain("WARN");
        assertThat(log.lines()).hasSizeLessThan(20);
    }
}
