package dev.odometer.kafka.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Kafka broker as a separate process on loopback, which can be killed and restarted with its data. */
final class BrokerProcess implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private final int port = Ports.free();
    private final Path folder;
    private final Path settings;
    private Process process;

    /** @param more additional settings, which override the defaults */
    BrokerProcess(Path folder, Map<String, String> more) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.settings = folder.resolve("server.properties");
        Files.write(settings, lines(more));
        int formatted = java(
                        "kafka.tools.StorageTool", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c", settings.toString())
                .waitFor();
        if (formatted != 0) {
            throw new IllegalStateException("formatting the storage failed:\n" + Files.readString(log()));
        }
        process = launch();
    }

    private List<String> lines(Map<String, String> more) {
        int controller = Ports.free();
        var all = new HashMap<>(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controller,
                "controller.listener.names", "CONTROLLER",
                "listeners", "CLIENT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                "advertised.listeners", "CLIENT://127.0.0.1:" + port,
                "inter.broker.listener.name", "CLIENT",
                "listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs", folder.resolve("data").toString(),
                "auto.create.topics.enable", "false"));
        for (String kind : List.of("offsets.topic", "transaction.state.log")) {
            all.put(kind + ".replication.factor", "1");
            all.put(kind + ".num.partitions", "4");
        }
        all.put("transaction.state.log.min.isr", "1");
        all.put("group.initial.rebalance.delay.ms", "0");
        all.putAll(more);
        return new TreeMap<>(all)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList();
    }

    private Process launch() throws IOException {
        return java("kafka.Kafka", settings.toString());
    }

    private Process java(String... arguments) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path log() {
        return folder.resolve("broker.log");
    }

    String servers() {
        return "127.0.0.1:" + port;
    }

    /** Sends SIGKILL and starts a new broker with the same data. */
    void killAndRestart() throws Exception {
        process.destroyForcibly().waitFor();
        process = launch();
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
