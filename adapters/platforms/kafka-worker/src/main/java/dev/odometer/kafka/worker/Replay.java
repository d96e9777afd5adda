package dev.odometer.kafka.worker;

import dev.odometer.functions.refusal.StartRefusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One pass over a topic of parked records, up to where it ends now: what is parked again meanwhile waits for the next
 * pass. Records and the replay's own offsets are one transaction a batch, so none is put back twice by a crash; one that
 * is, by starting over, is a repeat.
 */
final class Replay {

    private static final String GROUP = "odometer-replay";

    private final Wanted wanted;
    private final Consumer<byte[], byte[]> consumer;
    private final DeadLetterPublisher deadLetters;
    private long replayed;
    private long passed;

    private Replay(Wanted wanted, Consumer<byte[], byte[]> consumer, DeadLetterPublisher deadLetters) {
        this.wanted = wanted;
        this.consumer = consumer;
        this.deadLetters = deadLetters;
    }

    /**
     * Which records.
     *
     * @param reasonContains a part of the reason; empty for all
     * @param limit how many to put back at most
     * @param fromStart also those that an earlier replay put back or passed over
     */
    record Wanted(String topic, String reasonContains, long limit, boolean fromStart) {}

    /** How many were put back, and how many looked at and left. */
    record Summary(long replayed, long passed) {}

    static Summary of(Wanted wanted, KafkaSettings settings) {
        checkExists(wanted.topic(), settings);
        Map<String, Object> properties = settings.forClient();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (var consumer = new KafkaConsumer<byte[], byte[]>(properties);
                var deadLetters = new DeadLetterPublisher(settings)) {
            return new Replay(wanted, consumer, deadLetters).run();
        }
    }

    private static void checkExists(String topic, KafkaSettings settings) {
        try (var admin = new TopicAdmin(settings)) {
            if (!admin.missing(List.of(topic)).isEmpty()) {
                throw new StartRefusal("There is no topic " + topic + ".", "Name one that parked records are in.");
            }
        }
    }

    private Summary run() {
        List<TopicPartition> partitions = consumer.partitionsFor(wanted.topic()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        if (wanted.fromStart()) {
            consumer.seekToBeginning(partitions);
        }
        var ends = consumer.endOffsets(partitions);
        while (replayed < wanted.limit()
                && partitions.stream()
                        .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            putBack(consumer.poll(Duration.ofMillis(500)));
        }
        return new Summary(replayed, passed);
    }

    private void putBack(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        var originals = new ArrayList<ProducerRecord<byte[], byte[]>>();
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (replayed + originals.size() == wanted.limit()) {
                break;
            }
            boolean matches = DeadLetterRecord.text(record, DeadLetterRecord.REASON)
                    .orElse("")
                    .contains(wanted.reasonContains());
            var original =
                    matches ? DeadLetterRecord.original(record) : Optional.<ProducerRecord<byte[], byte[]>>empty();
            original.ifPresentOrElse(originals::add, () -> passed++);
            offsets.put(RecordOutcomes.partition(record), new OffsetAndMetadata(record.offset() + 1));
        }
        if (!offsets.isEmpty()) {
            deadLetters.park(originals, offsets, consumer.groupMetadata());
            replayed += originals.size();
        }
    }
}
