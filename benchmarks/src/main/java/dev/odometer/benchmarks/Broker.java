package dev.odometer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A Kafka broker with one node on loopback, in a separate process, from the jars of this application. */
final class Broker implements AutoCloseable {

    private static final String CLUSTER = "b2RvbWV0ZXItYmVuY2gtMQ";

    private final Path folder;
    private final int port;
    private final Process process;

    private Broker(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    static Broker start(Path folder) throws Exception {
        int port = Service.freePort();
        Path settings = folder.resolve("server.properties");
        Files.writeString(settings, settings(folder, port, Service.freePort()));
        Process format = java(folder, "kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", settings.toString());
        if (format.waitFor() != 0) {
            throw new IllegalStateException("cannot format the storage of the broker; see the log in " + folder);
        }
        var broker = new Broker(folder, port, java(folder, "kafka.Kafka", settings.toString()));
        broker.awaitReady();
        return broker;
    }

    private static String settings(Path folder, int port, int controller) {
        return """
                node.id=1
                process.roles=broker,controller
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                """.formatted(port, controller, folder.resolve("data"));
    }

    private static Process java(Path folder, String main, String... arguments) throws IOException {
        List<String> command = Jvm.command("-Xmx512m", main, arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private void awaitReady() throws Exception {
        try (Admin admin = admin()) {
            admin.describeCluster().nodes().get(1, TimeUnit.MINUTES);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", address()));
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    void topic(String name, int partitions) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return "Kafka broker in " + folder;
    }
}
