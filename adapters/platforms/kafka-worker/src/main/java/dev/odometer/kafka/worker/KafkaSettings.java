package dev.odometer.kafka.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * What can be set about the worker, all under {@code odometer.kafka.}.
 *
 * @param clients properties of every Kafka client: addresses, security and {@code properties.*}; holds credentials
 * @param group the consumer group ({@code group})
 * @param instance names this worker in the group, so that a restart within the session's timeout moves no partition
 * @param concurrency consumers in this process ({@code concurrency}); more than partitions is useless
 * @param retryFrom the first wait before a batch is delivered again ({@code retry-from}), doubled each time
 * @param retryUpTo the longest ({@code retry-up-to}); far below {@code max.poll.interval.ms}, or the group goes on without
 * @param createTopics whether topics are created at start, for development ({@code create-topics})
 */
record KafkaSettings(
        Map<String, String> clients,
        String group,
        @Nullable String instance,
        int concurrency,
        Duration retryFrom,
        Duration retryUpTo,
        boolean createTopics) {

    private static final String PREFIX = "odometer.kafka.";
    private static final Map<String, String> NAMED = Map.of(
            "bootstrap-servers", "bootstrap.servers",
            "security-protocol", "security.protocol",
            "sasl-mechanism", "sasl.mechanism",
            "sasl-jaas-config", "sasl.jaas.config");

    KafkaSettings {
        clients = Map.copyOf(clients);
    }

    static KafkaSettings from(Environment environment) {
        return new KafkaSettings(
                clients(environment),
                environment.getProperty(PREFIX + "group", "odometer"),
                instance(environment),
                environment.getProperty(PREFIX + "concurrency", Integer.class, 1),
                environment.getProperty(PREFIX + "retry-from", Duration.class, Duration.ofMillis(200)),
                environment.getProperty(PREFIX + "retry-up-to", Duration.class, Duration.ofSeconds(30)),
                environment.getProperty(PREFIX + "create-topics", Boolean.class, false));
    }

    private static Map<String, String> clients(Environment environment) {
        var clients = new HashMap<>(Binder.get(environment)
                .bind(PREFIX + "properties", Bindable.mapOf(String.class, String.class))
                .orElse(Map.of()));
        NAMED.forEach((setting, property) -> {
            String value = environment.getProperty(PREFIX + setting, "");
            if (!value.isBlank()) {
                clients.put(property, value);
            }
        });
        return clients;
    }

    /** With the port, since of several workers on one host each needs a name and a port of its own. */
    private static @Nullable String instance(Environment environment) {
        String given = environment.getProperty(PREFIX + "instance-id", "");
        if (!given.isBlank()) {
            return given;
        }
        String host = environment.getProperty("HOSTNAME", "");
        String port = environment.getProperty("odometer.worker.port", "0");
        return host.isBlank() || port.equals("0") ? null : host + "-" + port;
    }

    /** For a client of one's own; the caller may add to it. */
    Map<String, Object> forClient() {
        return new HashMap<>(clients);
    }

    /** How long a batch may take: half of what the group waits for before it goes on without this worker. */
    Duration timeBudget() {
        long wait = Long.parseLong(clients.getOrDefault("max.poll.interval.ms", "300000"));
        return Duration.ofMillis(wait).dividedBy(2);
    }

    String servers() {
        return clients.getOrDefault("bootstrap.servers", "?");
    }

    /** No values: there are credentials among them. */
    @Override
    public String toString() {
        return "KafkaSettings of the group " + group;
    }
}
