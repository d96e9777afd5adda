package dev.odometer.kafka.worker;

import dev.odometer.functions.setting.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The worker's settings, all under {@code odometer.kafka.}.
 *
 * @param clients properties of every Kafka client: addresses, security and {@code properties.*}; contains credentials
 * @param timeBudget how long a batch may take: half of {@code max.poll.interval.ms}, after which the group removes this
 *     worker
 * @param group the consumer group ({@code group})
 * @param instance this worker's static member id in the group ({@code instance-id}), so that a restart within the
 *     session timeout reassigns no partitions
 * @param concurrency the number of consumers in this process ({@code concurrency}); consumers in excess of the
 *     partitions are idle
 * @param retryFrom the first pause before a batch is redelivered ({@code retry-from}); doubled after each failure
 * @param retryUpTo the longest pause ({@code retry-up-to}); must be far below {@code max.poll.interval.ms}, otherwise
 *     the group removes this worker
 * @param createTopics whether missing topics are created at startup, for development ({@code create-topics})
 */
public record KafkaSettings(
        Map<String, String> clients,
        Duration timeBudget,
        String group,
        @Nullable String instance,
        int concurrency,
        Duration retryFrom,
        Duration retryUpTo,
        boolean createTopics) {

    private static final String PREFIX = "odometer.kafka.";
    private static final String PROPERTIES = PREFIX + "properties.";
    private static final int MAX_CONCURRENCY = 1000;
    private static final Duration MIN_PAUSE = Duration.ofMillis(1);
    private static final Duration MAX_PAUSE = Duration.ofHours(1);
    private static final Map<String, String> NAMED = Map.of(
            "bootstrap-servers", "bootstrap.servers",
            "security-protocol", "security.protocol",
            "sasl-mechanism", "sasl.mechanism",
            "sasl-jaas-config", "sasl.jaas.config");

    public KafkaSettings {
        clients = Map.copyOf(clients);
    }

    public static KafkaSettings from(Environment environment) {
        var settings = new Settings(environment::getProperty);
        Map<String, String> clients = clients(environment);
        settings.addresses(PREFIX + "bootstrap-servers", "");
        return new KafkaSettings(
                clients,
                timeBudget(clients),
                environment.getProperty(PREFIX + "group", "odometer"),
                instance(environment),
                settings.number(PREFIX + "concurrency", 1, 1, MAX_CONCURRENCY),
                settings.duration(PREFIX + "retry-from", Duration.ofMillis(200), MIN_PAUSE, MAX_PAUSE),
                settings.duration(PREFIX + "retry-up-to", Duration.ofSeconds(30), MIN_PAUSE, MAX_PAUSE),
                settings.flag(PREFIX + "create-topics", false));
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

    /** Host and port: several workers on one host need distinct ids, and each has its own port. */
    private static @Nullable String instance(Environment environment) {
        String given = environment.getProperty(PREFIX + "instance-id", "");
        if (!given.isBlank()) {
            return given;
        }
        String host = environment.getProperty("HOSTNAME", "");
        String port = environment.getProperty("odometer.worker.port", "0");
        return host.isBlank() || port.equals("0") ? null : host + "-" + port;
    }

    /** The properties of a new client, as a mutable copy. */
    public Map<String, Object> forClient() {
        return new HashMap<>(clients);
    }

    private static Duration timeBudget(Map<String, String> clients) {
        var properties = new Settings(name -> clients.get(name.substring(PROPERTIES.length())));
        return Duration.ofMillis(properties.number(PROPERTIES + "max.poll.interval.ms", 300_000, 2, Integer.MAX_VALUE))
                .dividedBy(2);
    }

    /** The addresses of the brokers, for messages. */
    public String servers() {
        return clients.getOrDefault("bootstrap.servers", "?");
    }

    /** Omits the values, because they include credentials. */
    @Override
    public String toString() {
        return "KafkaSettings of group " + group;
    }
}
