package dev.odometer.conformance.azure;

import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The deployed function app in a separate JVM under Azure's worker, started as by the host. */
public final class WorkerProcess implements AutoCloseable {

    private static final String JAR = "azure-functions-java-worker.jar";

    private final WorkerHost host;
    private final Process process;
    private final long start = System.nanoTime();

    private WorkerProcess(WorkerHost host, Process process) {
        this.host = host;
        this.process = process;
    }

    /**
     * Starts the worker.
     *
     * @param worker the folder with {@code azure-functions-java-worker.jar} and {@code annotationLib}
     * @param deployment the folder of the function app
     * @throws IllegalStateException if the folder contains no worker
     */
    public static WorkerProcess start(Path worker, Path deployment, Map<String, String> environment) throws Exception {
        if (!Files.isRegularFile(worker.resolve(JAR))) {
            throw new IllegalStateException("no " + JAR + " in " + worker);
        }
        var host = new WorkerHost();
        String folder = worker.toAbsolutePath().toString();
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.net.preferIPv4Stack=true",
                "-jar",
                folder + "/" + JAR,
                "--functions-uri",
                "http://127.0.0.1:" + host.port(),
                "--functions-worker-id",
                WorkerHost.WORKER_ID,
                "--functions-request-id",
                "start",
                "--functions-grpc-max-message-length",
                String.valueOf(Integer.MAX_VALUE)));
        builder.environment().keySet().removeIf(name -> name.matches("(ODOMETER|SPRING|JAVA|JDK|FUNCTIONS?)_.*"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                Files.createTempFile("odometer-azure-worker", ".log").toFile());
        var started = new WorkerProcess(host, builder.start());
        Runtime.getRuntime().addShutdownHook(new Thread(started.process::destroyForcibly));
        String app = deployment.toAbsolutePath().normalize().toString();
        try {
            host.load(
                    folder,
                    app,
                    "http",
                    new JsonMapper().readTree(Files.readString(Path.of(app, "http/function.json"))));
        } catch (Exception failure) {
            started.close();
            throw failure;
        }
        return started;
    }

    /** The time since the start of the process. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    public Process process() {
        return process;
    }

    public HttpReply send(HttpRequest request) throws Exception {
        return host.send(request);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        host.close();
    }
}
