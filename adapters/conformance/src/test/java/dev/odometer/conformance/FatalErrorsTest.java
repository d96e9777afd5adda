package dev.odometer.conformance;

import static dev.odometer.conformance.ContainerFiles.find;
import static dev.odometer.conformance.ContainerFiles.read;
import static dev.odometer.conformance.ContainerFiles.services;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that ran out of memory ends, and one that has ended or no longer answers is started again. */
@NullUnmarked // trees of YAML: a missing key fails the test
class FatalErrorsTest {

    private static final String EXITS = "-XX:+ExitOnOutOfMemoryError";

    /** Each place at which a template starts a JVM, or sets the options of a platform's JVM. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Dockerfile                       | ENTRYPOINT \\["java".*                     | 2
        deploy/google-cloud/Dockerfile   | ENTRYPOINT \\["java".*                     | 1
        deploy/aws/archive/start         | "\\$java" -XX.*                            | 1
        deploy/aws/template.yaml         | Globals:[\\s\\S]*?Resources:              | 1
        deploy/azure/main.bicep          | JAVA_TOOL_OPTIONS: .*                      | 1
        deploy/google-cloud/functions.sh | --set-env-vars (\\\\\\R)?.*              | 3
        adapters/platforms/local-http/pom.xml | <jvmArguments>.*                      | 1
        """)
    void everyProcessEndsWhenItRunsOutOfMemory(String file, String pattern, int count) {
        List<String> places = find(pattern, read(file)).map(MatchResult::group).toList();

        assertThat(places).hasSize(count).allSatisfy(place -> assertThat(place).contains(EXITS));
    }

    @Test
    void theCompositionRestartsEveryServiceThatRuns() {
        assertThat(List.of("api", "worker", "postgres", "kafka"))
                .allSatisfy(name -> assertThat(services().get(name)).containsEntry("restart", "unless-stopped"));
        assertThat(List.of("api", "worker"))
                .allSatisfy(name -> assertThat(services().get(name)).containsEntry("init", true));
    }

    @Test
    void kubernetesRestartsAWorkerThatDoesNotAnswer() {
        assertThat(read("deploy/kubernetes/worker.yaml")).contains("livenessProbe:", "path: /healthz/live");
    }

    /** The status that the health check exits with; it may kill only a process of that name. */
    private static int health(int port, Path state, String process) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", "../../deploy/docker/health", String.valueOf(port));
        builder.environment().put("HEALTH_STATE", state.toString());
        builder.environment().put("HEALTH_PROCESS", process);
        Process check = builder.inheritIO().start();
        assertThat(check.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return check.exitValue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theHealthCheckKillsAProcessThatNoLongerAnswers(@TempDir Path folder) throws Exception {
        var ready = new AtomicInteger(200);
        Path state = folder.resolve("state");
        Path program = Files.copy(
                Path.of("/bin/sleep"),
                folder.resolve("deaf" + ProcessHandle.current().pid()));
        program.toFile().setExecutable(true);
        Process deaf = new ProcessBuilder(program.toString(), "600").start();
        String name = program.getFileName().toString();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/healthz/live", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/healthz", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().endsWith("live") ? 200 : ready.get(), -1);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        try {
            assertThat(health(port, state, name)).isZero();
            ready.set(503);
            assertThat(health(port, state, name)).isNotZero();
            server.stop(0);
            for (int i = 0; i < 5; i++) {
                assertThat(health(port, state, name)).isNotZero();
            }
            assertThat(deaf.isAlive()).isTrue();
            assertThat(health(port, state, name)).isNotZero();

            assertThat(deaf.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            server.stop(0);
            deaf.destroyForcibly();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theHealthCheckKillsNoProcessThatWasNeverUp(@TempDir Path folder) throws Exception {
        Path state = folder.resolve("state");

        for (int i = 0; i < 7; i++) {
            assertThat(health(1, state, "none")).isNotZero();
        }

        assertThat(state).doesNotExist();
    }
}
