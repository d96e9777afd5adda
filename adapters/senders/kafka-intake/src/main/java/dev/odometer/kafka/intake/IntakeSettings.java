package dev.odometer.kafka.intake;

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
 * What can be set about the way to Kafka.
 *
 * @param topic where the channel {@code usage} goes ({@code odometer.channels.usage.topic}, {@code usage})
 * @param deliveryTimeout how long a batch may take to be acknowledged ({@code odometer.kafka.delivery-timeout}, 10 s);
 *     finding the topic and room for the batch may take half as long each before that
 * @param connection where the brokers are and how to log in, with any other property of Kafka's clients
 *     ({@code odometer.kafka.properties.*}), of which those that a promise rests on are set over
 */
record IntakeSettings(String topic, Duration deliveryTimeout, Map<String, Object> connection) {

    private static final String PREFIX = "odometer.kafka.";
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(10);
    private static final List<String> LOGIN = List.of(
            CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, SaslConfigs.SASL_MECHANISM, SaslConfigs.SASL_JAAS_CONFIG);
    /** What the door takes at most; what the topic takes is asked of the broker. */
    private static final int LARGEST_REQUEST_BYTES = 16 * 1024 * 1024;

    private static final int BATCH_BYTES = 128 * 1024;
    private static final int LINGER_MILLIS = 2;

    static IntakeSettings from(Environment environment) {
        Map<String, Object> connection = new HashMap<>(Binder.get(environment)
                .bind(PREFIX + "properties", Bindable.mapOf(String.class, String.class))
                .orElse(Map.of()));
        connection.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                environment.getProperty(PREFIX + "bootstrap-servers", "127.0.0.1:9092"));
        for (String name : LOGIN) {
            String value = environment.getProperty(PREFIX + name.replace('.', '-'), "");
            if (!value.isBlank()) {
                connection.put(name, value);
            }
        }
        return new IntakeSettings(
                environment.getProperty("odometer.channels.usage.topic", "usage"),
                environment.getProperty(PREFIX + "delivery-timeout", Duration.class, DELIVERY_TIMEOUT),
                Map.copyOf(connection));
    }

    private int halfMillis() {
        return Math.toIntExact(deliveryTimeout.toMillis() / 2);
    }

    /** Acknowledged by all, each once and in order; a failure is known in bounded time. */
    Map<String, Object> producer() {
        var settings = new HashMap<>(connection);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        // Of the codecs the one that also works where no native library can be unpacked: a read-only file system.
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(deliveryTimeout.toMillis()));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, halfMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) halfMillis());
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST_BYTES);
        return settings;
    }

    Map<String, Object> admin() {
        var settings = new HashMap<>(connection);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, halfMillis());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, halfMillis());
        return settings;
    }

    /** Never the login. */
    @Override
    public String toString() {
        return topic + " at " + connection.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    }
}
