package dev.odometer.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of the broker with a plain producer and consumer. */
record Topic(Broker broker, String name) {

    private static final List<Header> STRUCTURED = List.of(
            new RecordHeader("content-type", "application/cloudevents+json".getBytes(StandardCharsets.US_ASCII)));

    /** Writes numbered events in the form in which the service writes them. */
    void fill(long first, long count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.address(),
                "acks",
                "all",
                "compression.type",
                "lz4",
                "linger.ms",
                5,
                "batch.size",
                128 * 1024);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = first; i < first + count; i++) {
                var json = new StringBuilder();
                Load.event(json, i, Instant.now());
                // The first random number of the seed also selects the event's subject.
                String key = "customer-" + new SplittableRandom(i).nextInt(Load.SUBJECTS);
                Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(
                        name,
                        null,
                        key.getBytes(StandardCharsets.UTF_8),
                        json.toString().getBytes(StandardCharsets.UTF_8),
                        STRUCTURED));
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.address(), "max.poll.records", 5000);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(name).stream()
                .map(partition -> new TopicPartition(name, partition.partition()))
                .toList();
    }

    long size() {
        try (var consumer = consumer()) {
            return consumer.endOffsets(partitions(consumer)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** The seconds to read all records without processing them. */
    double secondsToRead() {
        long size = size();
        try (var consumer = consumer()) {
            consumer.assign(partitions(consumer));
            consumer.seekToBeginning(consumer.assignment());
            long start = System.nanoTime();
            for (long read = 0; read < size; ) {
                read += consumer.poll(Duration.ofSeconds(5)).count();
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
