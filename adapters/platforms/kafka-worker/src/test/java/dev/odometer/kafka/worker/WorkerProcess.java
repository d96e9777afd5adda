package dev.odometer.kafka.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The packaged worker as a separate process, started by {@code java -jar}, which can be killed. */
final class WorkerProcess implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(45);

    private final List<String> settings;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;

    WorkerProcess(Path log, Map<String, String> environment, String... settings) throws IOException {
        this.log = log;
        this.environment = environment;
        this.settings = List.of(settings);
        this.process = launch();
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-app.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the worker is not packaged"));
        }
    }

    private Process launch() throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar().toString()));
        command.addAll(settings);
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("ODOMETER_"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return builder.start();
    }

    /** Sends SIGKILL and starts a new worker with the same instance id. */
    void killAndRestart() throws Exception {
        process.destroyForcibly().waitFor();
        process = launch();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroy();
        long end = System.nanoTime() + STOP_TIMEOUT.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            Wait.pause(50);
        }
        process.destroyForcibly();
    }
}
