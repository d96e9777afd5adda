package dev.odometer.conformance.azure;

import dev.odometer.door.HttpReply;
import dev.odometer.door.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What is deployed, in a JVM of its own under Azure's worker, as the host starts it. */
public final class WorkerProcess implements AutoCloseable {

    private static final Path DEPLOYMENT = Path.of("../azure-functions/target/azure-functions/odometer");

    private final WorkerHost host;
    private final Process process;

    private WorkerProcess(WorkerHost host, Process process) {
        this.host = host;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param worker the folder with {@code azure-functions-java-worker.jar} and {@code annotationLib}
     */
    public static WorkerProcess start(Path worker, Map<String, String> environment) throws Exception {
        var host = new WorkerHost();
        String folder = worker.toAbsolutePath().toString();
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.net.preferIPv4Stack=true",
                "-jar",
                folder + "/azure-functions-java-worker.jar",
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
        String app = DEPLOYMENT.toAbsolutePath().normalize().toString();
        host.load(folder, app, "http", new JsonMapper().readTree(Files.readString(Path.of(app, "http/function.json"))));
        return started;
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
