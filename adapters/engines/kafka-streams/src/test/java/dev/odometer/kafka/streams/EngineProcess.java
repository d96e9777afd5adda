package dev.odometer.kafka.streams;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The engine as a separate process, which can be killed and suspended. */
final class EngineProcess implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

    private final List<String> settings;
    private final Path log;
    private Process process;

    EngineProcess(Path log, List<String> settings) throws IOException {
        this.log = log;
        this.settings = settings;
        this.process = launch();
    }

    private Process launch() throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes,
                StreamsWorker.class.getName()));
        command.addAll(settings);
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("ODOMETER_"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return builder.start();
    }

    /** Sends SIGKILL and starts a new process with the same state folder. */
    void killAndRestart() throws Exception {
        process.destroyForcibly().waitFor();
        process = launch();
    }

    /** Sends SIGTERM, waits for the end, and starts a new process. */
    void restart() throws Exception {
        close();
        process = launch();
    }

    /** Suspends the process for longer than its session lasts, so that it continues as a zombie. */
    void suspend(long millis) throws Exception {
        signal("-STOP");
        Wait.pause(millis);
        signal("-CONT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", name, String.valueOf(process.pid())).start().waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
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
