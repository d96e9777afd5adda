package dev.odometer.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The service as users start it, {@code java -jar}, in a process that can be killed. After a kill it is started as in
 * its image, which takes half of the CPU time.
 */
final class PackagedService implements AutoCloseable {

    private static final Duration MAX_WAIT = Duration.ofMinutes(3);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Path data;
    private final Map<String, String> settings;
    private final int port = freePort();
    private volatile Process process;

    PackagedService(Path data) throws IOException {
        this(data, Map.of());
    }

    PackagedService(Path data, Map<String, String> settings) throws IOException {
        this.data = data;
        this.settings = settings;
        this.process = launch(List.of(), jar());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../platforms/local-http/target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-app.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("adapters/platforms/local-http is not packaged"));
        }
    }

    /** The unpacked jar and a class-data archive, created with the commands of the Dockerfile once for all tests. */
    private static final class Image {

        private static final Path FOLDER = create();

        private static Path create() {
            try {
                Path folder = Files.createDirectories(
                        Path.of("target", "image-" + ProcessHandle.current().pid())
                                .toAbsolutePath());
                run(
                        folder,
                        "-Djarmode=tools",
                        "-jar",
                        jar().toRealPath().toString(),
                        "extract",
                        "--force",
                        "--destination",
                        "app");
                run(
                        folder,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:ArchiveClassesAtExit=app.jsa",
                        "-Dspring.context.exit=onRefresh",
                        "-jar",
                        folder.resolve("app").resolve(jar().getFileName()).toString(),
                        "--odometer.database.url=jdbc:postgresql://127.0.0.1:1/none",
                        "--odometer.database.migrate=false",
                        "--odometer.data-dir=data");
                return folder;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static void run(Path folder, String... arguments) throws IOException {
            Process process = new ProcessBuilder(java(arguments))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            if (process.onExit().join().exitValue() != 0) {
                throw new IllegalStateException(Files.readString(folder.resolve("log")));
            }
        }

        static Process start(PackagedService service) throws IOException {
            return service.launch(
                    List.of("-XX:SharedArchiveFile=" + FOLDER.resolve("app.jsa")),
                    FOLDER.resolve("app").resolve(jar().getFileName()));
        }
    }

    private static List<String> java(String... arguments) {
        var command = new ArrayList<>(List.of(arguments));
        command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        return command;
    }

    private Process launch(List<String> options, Path jar) throws IOException {
        var command = java(
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                "--server.port=" + port,
                "--odometer.data-dir=" + data);
        command.addAll(1, options);
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("ODOMETER_"));
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        return builder.start();
    }

    int port() {
        return port;
    }

    Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    /** Waits until the service can answer queries. */
    void awaitHealthy() throws Exception {
        long end = System.nanoTime() + MAX_WAIT.toNanos();
        while (System.nanoTime() < end) {
            if (status(HttpRequest.newBuilder(uri("/healthz"))
                            .timeout(Duration.ofSeconds(5))
                            .build())
                    == 200) {
                return;
            }
            if (!process.isAlive()) {
                throw new IllegalStateException("the service ended:\n" + Files.readString(log()));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("the service is not ready in time:\n" + Files.readString(log()));
    }

    /** The status, or 0 if there was no response. */
    int post(String path, String contentType, String body) {
        return status(HttpRequest.newBuilder(uri(path))
                .timeout(MAX_WAIT)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private int status(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException noAnswer) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** The body of the response, which must be successful. */
    String posted(String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    path + ": unexpected response " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Kills the JVM with SIGKILL and starts a new one on the same data. */
    void killServiceAndStartAgain() throws Exception {
        process.destroyForcibly().waitFor();
        process = Image.start(this);
    }

    /** Kills the database server and all its child processes with SIGKILL. */
    void killDatabase() throws IOException {
        Optional<ProcessHandle> postmaster = postmaster();
        postmaster.ifPresent(server -> {
            Stream<ProcessHandle> children = server.descendants();
            server.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        });
    }

    private Optional<ProcessHandle> postmaster() throws IOException {
        try (Stream<Path> files = Files.walk(data, 3)) {
            Optional<Path> lock =
                    files.filter(file -> file.endsWith("postmaster.pid")).findFirst();
            return lock.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(lock.get()).get(0).strip()));
        }
    }

    /** Sends SIGTERM and waits for the end of the process; false if it goes on. */
    boolean isTerminated() throws InterruptedException {
        process.destroy();
        return process.waitFor(2, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 60, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
