package dev.odometer.conformance.orders;

import dev.odometer.conformance.google.RawClient;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A packaged jar in a process of its own, started by {@code java -jar}. */
record OrdersProcess(Process process, Path log, int port) implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Path EXAMPLE = Path.of("../../examples/orders").toAbsolutePath();

    /** A condition of a service. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** The service on one machine, with its data in the folder. */
    static OrdersProcess local(Path folder, Map<String, String> settings) throws Exception {
        return start(jar("local"), "SERVER_PORT", folder, settings);
    }

    /** The Kafka worker. */
    static OrdersProcess worker(Path folder, Map<String, String> settings) throws Exception {
        return start(jar("kafka"), "ODOMETER_WORKER_PORT", folder, settings);
    }

    static Path jar(String module) {
        return EXAMPLE.resolve(module + "/target/orders-" + module + "-1.0.0.jar");
    }

    private static OrdersProcess start(Path jar, String portSetting, Path folder, Map<String, String> settings)
            throws Exception {
        int port = freePort();
        Path log = folder.resolve("log.txt");
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString()));
        builder.environment().keySet().removeIf(name -> name.matches("(ODOMETER|ORDERS|SPRING|SERVER|JAVA|JDK)_.*"));
        builder.environment().putAll(settings);
        builder.environment().put(portSetting, String.valueOf(port));
        builder.directory(folder.toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        var started = new OrdersProcess(builder.start(), log, port);
        Runtime.getRuntime().addShutdownHook(new Thread(started.process::destroyForcibly));
        await(started::isReady, started);
        return started;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isReady() {
        var request = new HttpRequest("GET", "/healthz/ready", null, Headers.NONE, new byte[0]);
        try {
            return new RawClient(port).send(request).status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Waits until a condition holds, as long as the process is alive. */
    static void await(Condition condition, OrdersProcess process) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            if (System.nanoTime() > end || !process.process.isAlive()) {
                throw new IllegalStateException(process.logged());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    String logged() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
