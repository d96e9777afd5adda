package dev.odometer.conformance.orders;

import dev.odometer.conformance.google.RawClient;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
        return local(jar("local"), folder, settings);
    }

    static OrdersProcess local(Path jar, Path folder, Map<String, String> settings) throws Exception {
        return start(jar, "SERVER_PORT", folder, settings);
    }

    /** The Kafka worker. */
    static OrdersProcess worker(Path folder, Map<String, String> settings) throws Exception {
        return start(jar("kafka"), "ODOMETER_WORKER_PORT", folder, settings);
    }

    /** The output of the worker's command that creates topics. */
    static String topics(Path folder, Map<String, String> settings) throws Exception {
        Path log = folder.resolve("topics.txt");
        Process command = launch(command(jar("kafka"), "topics"), folder, log, settings);
        if (!command.waitFor(PATIENCE_NANOS, TimeUnit.NANOSECONDS) || command.exitValue() != 0) {
            command.destroyForcibly();
            throw new IllegalStateException(Files.readString(log));
        }
        return Files.readString(log);
    }

    private static Path jar(String module) {
        return EXAMPLE.resolve(module + "/target/orders-" + module + "-1.0.0.jar");
    }

    private static OrdersProcess start(Path jar, String portSetting, Path folder, Map<String, String> settings)
            throws Exception {
        int port = freePort();
        Path log = folder.resolve("log.txt");
        var all = new HashMap<>(settings);
        all.put(portSetting, String.valueOf(port));
        var started = new OrdersProcess(launch(command(jar), folder, log, all), log, port);
        await(started::isReady, started);
        return started;
    }

    private static List<String> command(Path jar, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Process launch(List<String> command, Path folder, Path log, Map<String, String> settings)
            throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.matches("(ODOMETER|ORDERS|SPRING|SERVER|JAVA|JDK)_.*"));
        builder.environment().putAll(settings);
        builder.directory(folder.toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
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
