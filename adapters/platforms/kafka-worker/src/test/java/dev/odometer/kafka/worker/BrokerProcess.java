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

/** Kafka as a process of its own, on loopback only, that can be killed and started again on its data. */
final class BrokerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final int port = Ports.free();
    private final Path folder;
    private final Path settings;
    private Process process;

    /** @param more settings besides, or instead */
    BrokerProcess(Path folder, Map<String, String> more) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.settings = folder.resolve("server.properties");
        Files.write(settings, lines(more));
        int formatted = java(
                        "kafka.tools.StorageTool", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c", settings.toString())
                .waitFor();
        if (formatted != 0) {
            throw new IllegalStateException("not formatted:\n" + Files.readString(log()));
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

    private Process java(String... words) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes));
        command.addAll(List.of(words));
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

    /** SIGKILL, and a new one on the same data. */
    void killAndStartAgain() throws Exception {
        process.destroyForcibly().waitFor();
        process = launch();
    }

    @Override
    public void close() {
        process.destroy();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            Wait.pause(50);
        }
        process.destroyForcibly();
    }
}
