package dev.odometer.conformance.google;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The deployed function in a separate JVM under Google's invoker, started as by the platform. */
public final class InvokerProcess implements AutoCloseable {

    private static final Path DEPLOYMENT = Path.of("../platforms/google-cloud/target/odometer-google-cloud");
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int PAUSE_MILLIS = 100;

    private final int port = freePort();
    private final Path log = Files.createTempFile("odometer-google", ".log");
    private final Process process;

    private InvokerProcess(Path deployment, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                invoker().toString(),
                "--classpath",
                deployment + "/*:" + deployment.resolve("lib") + "/*",
                "--target",
                "dev.odometer.google.cloud.CloudFunction",
                "--port",
                String.valueOf(port)));
        builder.environment().keySet().removeIf(name -> name.matches("(ODOMETER|SPRING|JAVA|JDK|FUNCTION|K)_.*"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts the metering service. */
    public static InvokerProcess start(Map<String, String> environment) {
        return start(DEPLOYMENT, environment);
    }

    /** Starts the invoker with a deployed folder and waits for its first response. */
    public static InvokerProcess start(Path deployment, Map<String, String> environment) {
        try {
            var instance = new InvokerProcess(deployment, environment);
            instance.awaitReady();
            return instance;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path invoker() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target/invoker"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("java-function-invoker"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the invoker is not in target/invoker"));
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        var anything = new HttpRequest("GET", "/nothing", null, Headers.NONE, new byte[0]);
        while (true) {
            try {
                client().send(anything);
                return;
            } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException notYet) {
                if (!process.isAlive() || System.currentTimeMillis() > end) {
                    throw new IllegalStateException(logged(), notYet);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException end) {
            throw new IllegalStateException(end);
        }
    }

    public RawClient client() {
        return new RawClient(port);
    }

    public String logged() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(log);
    }
}
