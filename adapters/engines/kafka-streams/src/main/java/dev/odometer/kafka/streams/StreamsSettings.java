package dev.odometer.kafka.streams;

import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.setting.Settings;
import dev.odometer.kafka.worker.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The settings of the engine, under {@code odometer.streams.}. The addresses, credentials and properties of the Kafka
 * clients are those of the Kafka worker.
 *
 * @param kafka the settings of the Kafka worker: clients, the group that {@code start} may refer to, creation of topics
 * @param properties of Kafka Streams ({@code properties.*})
 * @param applicationId the prefix of the internal topics, and the consumer group ({@code application-id})
 * @param topic the topic of the channel {@code usage}
 * @param deadLetterTopic where records that can never be counted are sent
 * @param interval between two deltas of a series and minute ({@code interval})
 * @param horizon how long the identity of an event is kept at least ({@code deduplication-horizon})
 * @param threads that process partitions in this process ({@code threads})
 * @param stateFolder of the state stores ({@code state-folder})
 * @param memory for the caches and write buffers of all state stores, in bytes ({@code memory-mib})
 * @param start which events are counted when the application runs for the first time ({@code start})
 */
record StreamsSettings(
        KafkaSettings kafka,
        Map<String, Object> properties,
        String applicationId,
        String topic,
        String deadLetterTopic,
        Duration interval,
        Duration horizon,
        int threads,
        Path stateFolder,
        long memory,
        @Nullable Start start) {

    /** Where the first run begins. */
    enum Start {
        /** At the earliest record of the topic. */
        EARLIEST,
        /** Where the group of the Kafka workers stopped. */
        WORKER
    }

    private static final String PREFIX = "odometer.streams.";
    private static final int MAX_THREADS = 1000;
    private static final int MAX_MEBIBYTES = 1 << 20;
    private static final int DEFAULT_MEBIBYTES = 128;
    private static final long MEBIBYTE = 1024 * 1024;

    static StreamsSettings from(Environment environment) {
        var settings = new Settings(environment::getProperty);
        String topic = environment.getProperty("odometer.channels.usage.topic", "usage");
        return new StreamsSettings(
                KafkaSettings.from(environment),
                properties(environment),
                environment.getProperty(PREFIX + "application-id", "odometer-streams"),
                topic,
                environment.getProperty("odometer.channels.usage.parked.topic", topic + ".parked"),
                settings.duration(
                        PREFIX + "interval", Duration.ofSeconds(10), Duration.ofMillis(10), Duration.ofHours(1)),
                settings.duration(
                        PREFIX + "deduplication-horizon",
                        Duration.ofDays(7),
                        Duration.ofMinutes(1),
                        Duration.ofDays(3650)),
                settings.number(PREFIX + "threads", 1, 1, MAX_THREADS),
                Path.of(environment.getProperty(PREFIX + "state-folder", "odometer-streams-state")),
                MEBIBYTE * settings.number(PREFIX + "memory-mib", DEFAULT_MEBIBYTES, 1, MAX_MEBIBYTES),
                start(environment));
    }

    private static @Nullable Start start(Environment environment) {
        String name = environment.getProperty(PREFIX + "start", "");
        return switch (name) {
            case "" -> null;
            case "earliest" -> Start.EARLIEST;
            case "worker" -> Start.WORKER;
            default -> throw new StartRefusal(PREFIX + "start must be earliest or worker: " + name);
        };
    }

    private static Map<String, Object> properties(Environment environment) {
        return Map.copyOf(Binder.get(environment)
                .bind(PREFIX + "properties", Bindable.mapOf(String.class, String.class))
                .orElse(Map.of()));
    }

    /** The topic of the deltas. */
    String deltaTopic() {
        return applicationId + "-deltas";
    }

    /** Omits the values, because they include credentials. */
    @Override
    public String toString() {
        return "StreamsSettings of " + applicationId;
    }
}
