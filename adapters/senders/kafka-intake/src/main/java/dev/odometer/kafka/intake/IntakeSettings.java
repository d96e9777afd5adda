package dev.odometer.kafka.intake;

import dev.odometer.functions.setting.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The settings for sending events to Kafka.
 *
 * @param topic the topic of the channel {@code usage} ({@code odometer.channels.usage.topic}, default {@code usage})
 * @param deliveryTimeout how long the acknowledgment of a batch may take ({@code odometer.kafka.delivery-timeout},
 *     default 10 s); before that, looking up the topic and waiting for buffer memory may each take half as long
 * @param connection broker addresses, credentials and any other properties of the Kafka clients ({@code
 *     odometer.kafka.properties.*}); properties that the delivery guarantees depend on are overridden
 */
record IntakeSettings(String topic, Duration deliveryTimeout, Map<String, Object> connection) {

    private static final String PREFIX = "odometer.kafka.";
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(10);
    private static final List<String> LOGIN = List.of(
            CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, SaslConfigs.SASL_MECHANISM, SaslConfigs.SASL_JAAS_CONFIG);
    /** The maximum body size of the door. The limit of the topic is read from the broker. */
    private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

    private static final int BATCH_BYTES = 128 * 1024;
    private static final int LINGER_MILLIS = 2;

    static IntakeSettings from(Environment environment) {
        Map<String, Object> connection = new HashMap<>(Binder.get(environment)
                .bind(PREFIX + "properties", Bindable.mapOf(String.class, String.class))
                .orElse(Map.of()));
        connection.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                new Settings(environment::getProperty).addresses(PREFIX + "bootstrap-servers", "127.0.0.1:9092"));
        for (String name : LOGIN) {
            String value = environment.getProperty(PREFIX + name.replace('.', '-'), "");
            if (!value.isBlank()) {
                connection.put(name, value);
            }
        }
        return new IntakeSettings(
                environment.getProperty("odometer.channels.usage.topic", "usage"),
                new Settings(environment::getProperty)
                        .duration(
                                PREFIX + "delivery-timeout",
                                DELIVERY_TIMEOUT,
                                Duration.ofMillis(100),
                                Duration.ofMinutes(5)),
                Map.copyOf(connection));
    }

    private int halfMillis() {
        return Math.toIntExact(deliveryTimeout.toMillis() / 2);
    }

    /** Idempotent, acknowledged by all in-sync replicas, and with failures reported in bounded time. */
    Map<String, Object> producer() {
        var settings = new HashMap<>(connection);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        // Unlike snappy and zstd, lz4 has a fallback without a native library, which a read-only file system requires.
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(deliveryTimeout.toMillis()));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, halfMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) halfMillis());
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        return settings;
    }

    Map<String, Object> admin() {
        var settings = new HashMap<>(connection);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, halfMillis());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, halfMillis());
        return settings;
    }

    /** Omits the credentials. */
    @Override
    public String toString() {
        return topic + " at " + connection.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    }
}
