package dev.odometer.kafka.streams;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;

/** The properties of Kafka Streams and of the consumer of deltas. */
final class StreamsProperties {

    private StreamsProperties() {}

    /** Our defaults, then the operator's properties, and last those that exact counting depends on. */
    static Properties streams(StreamsSettings settings, MeterFeed feed, StateMemory.Shared memory) {
        var all = new HashMap<String, Object>();
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        all.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateFolder().toString());
        // Each commit is a Kafka transaction; deltas are sent less often.
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1000);
        // The brokers' default, and not 1.
        all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        // Larger polls: the meters are compared with the database after each.
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 5000);
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 256 * 1024);
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 200);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
        all.putAll(settings.kafka().clients());
        all.putAll(settings.properties());
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        all.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
                PollCounter.class.getName());
        all.put(StreamsConfig.mainConsumerPrefix(PollCounter.FEED), feed);
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StateMemory.class);
        all.put(StateMemory.SHARED, memory);
        var properties = new Properties();
        properties.putAll(all);
        return properties;
    }

    static Map<String, Object> deltas(StreamsSettings settings) {
        var all = new HashMap<String, Object>();
        // A poll is a transaction of the database.
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 20_000);
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 * 1024 * 1024);
        all.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1024 * 1024);
        all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        all.putAll(settings.kafka().clients());
        all.put(ConsumerConfig.GROUP_ID_CONFIG, settings.deltaTopic());
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Deltas that are missing must be an error: they are deleted only after they were applied.
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return all;
    }
}
