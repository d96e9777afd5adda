package dev.odometer.benchmarks;

import java.io.IOException;
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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged service in a separate process, with its own database, on loopback. */
final class Service implements AutoCloseable {

    private static final Duration MAX_WAIT = Duration.ofMinutes(2);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path folder;
    private final int port;
    private final Process process;

    private Service(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    static Service start(Path app, Path folder, String... jvm) throws Exception {
        int port = freePort();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvm));
        command.addAll(List.of("-jar", app.toString(), "--server.port=" + port, "--odometer.data-dir=" + folder));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(
                folder.resolveSibling(folder.getFileName() + ".log").toFile());
        var service = new Service(folder, port, builder.start());
        service.awaitReady();
        return service;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws Exception {
        long end = System.nanoTime() + MAX_WAIT.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (get("/api/v1/meters").statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            if (!process.isAlive()) {
                break;
            }
        }
        throw new IllegalStateException("the service did not start; see the log next to " + folder);
    }

    int port() {
        return port;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String contentType, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(MAX_WAIT);
    }

    /** The status of the answer, whose body is read and discarded; 0 if the connection was closed without one. */
    int status(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException closed) {
            return 0;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Creates a meter, which must not exist yet. */
    void meter(String json) throws Exception {
        HttpResponse<String> reply = post("/api/v1/meters", "application/json", json);
        if (reply.statusCode() != 201) {
            throw new IllegalStateException(reply.body());
        }
    }

    /** Connects to the service's own database, at the port in its lock file. */
    Connection database() throws SQLException, IOException {
        return DriverManager.getConnection(databaseUrl(), "postgres", databasePassword());
    }

    String databasePassword() throws IOException {
        return Files.readString(folder.resolve("password"));
    }

    String databaseUrl() throws IOException {
        try (Stream<Path> files = Files.walk(folder, 3)) {
            Path lock = files.filter(file -> file.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow();
            String databasePort = Files.readAllLines(lock).get(3).strip();
            return "jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres";
        }
    }

    /** The peak resident memory of the JVM, in MiB; -1 if the system does not report it. */
    double peakMebibytes() throws IOException {
        return Memory.peakMebibytes(process);
    }

    @Override
    public void close() {
        process.destroy();
        // The database writes a checkpoint before it stops, which may take long after a load.
        process.onExit().completeOnTimeout(process, 60, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
