package dev.odometer.kafka.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.json.Json;
import dev.odometer.postgres.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that requires credentials, which the packaged worker reads from environment variables. It logs as JSON. */
class SecuredIT {

    private static final String PASSWORD = "not-for-the-log";
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    private static final String JAAS = LOGIN + " username=\"worker\" password=\"" + PASSWORD + "\";";

    private static final Json JSON = new Json();

    @TempDir
    Path folder;

    @Test
    void countsAndStoresDeadLettersWithoutLoggingItsCredentials() throws Exception {
        Map<String, Object> security = Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", JAAS);
        var database = TestDatabase.source();
        try (var kafka = new BrokerProcess(folder.resolve("kafka"), securedBroker());
                var bench = new Workbench(
                        new Platform(kafka.servers(), database, Databases.url(database), "postgres", "", security), 1);
                var worker = worker(bench)) {
            bench.send(bench.events.plain("e"), bench.events.poison(1));

            bench.awaitCalls(1);
            bench.awaitDone();

            assertThat(bench.broker.read(bench.deadLetterTopic())).hasSize(1);
            assertThat(worker.log()).contains("with function recordUsage").doesNotContain(PASSWORD);
            assertThat(lines(worker.log()))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(JSON.tree(JSON.reader().read(line)))
                            .containsKeys("@timestamp", "message", "level"));
        }
    }

    /** The complete lines: the worker may be writing the last one. */
    private static List<String> lines(String log) {
        return log.substring(0, log.lastIndexOf('\n') + 1).lines().toList();
    }

    private static Map<String, String> securedBroker() {
        return Map.of(
                "listener.security.protocol.map",
                "CLIENT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                "listener.name.client.plain.sasl.jaas.config",
                LOGIN + " username=\"worker\" password=\"" + PASSWORD + "\" user_worker=\"" + PASSWORD + "\";");
    }

    private WorkerProcess worker(Workbench bench) throws Exception {
        return new WorkerProcess(
                folder.resolve("worker.log"),
                Map.of(
                        "LOGGING_STRUCTURED_FORMAT_CONSOLE", "logstash",
                        "ODOMETER_KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT",
                        "ODOMETER_KAFKA_SASL_MECHANISM", "PLAIN",
                        "ODOMETER_KAFKA_SASL_JAAS_CONFIG", JAAS),
                bench.arguments());
    }
}
