package dev.odometer.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Packaged Kafka workers in separate processes, in one consumer group on one topic. */
final class Workers implements AutoCloseable {

    private final List<Process> processes = new ArrayList<>();

    /** The packaged worker; empty if it was not built. */
    static Optional<Path> jar() throws Exception {
        Path folder = Path.of(System.getProperty("worker.folder", "adapters/platforms/kafka-worker/target"));
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-app.jar"))
                    .findFirst();
        }
    }

    static Workers start(Path jar, int count, Map<String, String> settings) throws Exception {
        var workers = new Workers();
        Path log = Files.createTempFile("odometer-workers", ".log");
        for (int i = 0; i < count; i++) {
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var builder = new ProcessBuilder(java, "-Xmx256m", "-jar", jar.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(settings);
            builder.environment().put("ODOMETER_WORKER_PORT", String.valueOf(Service.freePort()));
            workers.processes.add(builder.start());
        }
        return workers;
    }

    void checkAlive() {
        if (!processes.stream().allMatch(Process::isAlive)) {
            throw new IllegalStateException(
                    "a worker ended; see odometer-workers*.log in the directory for temporary files");
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            process.onExit().completeOnTimeout(process, 60, TimeUnit.SECONDS).join();
            process.destroyForcibly();
        }
    }
}
