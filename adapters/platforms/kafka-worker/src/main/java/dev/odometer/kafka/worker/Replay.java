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
 * One pass over a dead letter topic, up to its end offsets at the start of the replay. Records that become dead letters
 * again meanwhile wait for the next replay. Each batch of replayed records and the replay's own offsets are one
 * transaction, so a crash replays no record twice. A record that is replayed twice by {@code --from-start} is a
 * duplicate and is counted once.
 */
final class Replay {

    private static final String GROUP = "odometer-replay";

    private final Selection selection;
    private final Consumer<byte[], byte[]> consumer;
    private final DeadLetterPublisher publisher;
    private long replayed;
    private long skipped;

    private Replay(Selection selection, Consumer<byte[], byte[]> consumer, DeadLetterPublisher publisher) {
        this.selection = selection;
        this.consumer = consumer;
        this.publisher = publisher;
    }

    /**
     * The records to replay.
     *
     * @param reasonContains a substring of the reason; empty for all records
     * @param limit the maximum number of records to replay
     * @param fromStart whether to include records that an earlier replay replayed or skipped
     */
    record Selection(String topic, String reasonContains, long limit, boolean fromStart) {}

    /** The numbers of records that were replayed and that were read but not replayed. */
    record Summary(long replayed, long skipped) {}

    static Summary of(Selection selection, KafkaSettings settings) {
        checkExists(selection.topic(), settings);
        Map<String, Object> properties = settings.forClient();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (var consumer = new KafkaConsumer<byte[], byte[]>(properties);
                var publisher = new DeadLetterPublisher(settings)) {
            return new Replay(selection, consumer, publisher).run();
        }
    }

    private static void checkExists(String topic, KafkaSettings settings) {
        try (var admin = new TopicAdmin(settings)) {
            if (!admin.missing(List.of(topic)).isEmpty()) {
                throw new StartRefusal("The topic does not exist: " + topic + ".", "Pass a dead letter topic.");
            }
        }
    }

    private Summary run() {
        List<TopicPartition> partitions = consumer.partitionsFor(selection.topic()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        if (selection.fromStart()) {
            consumer.seekToBeginning(partitions);
        }
        var ends = consumer.endOffsets(partitions);
        while (replayed < selection.limit()
                && partitions.stream()
                        .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            replay(consumer.poll(Duration.ofMillis(500)));
        }
        return new Summary(replayed, skipped);
    }

    private void replay(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        var originals = new ArrayList<ProducerRecord<byte[], byte[]>>();
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (replayed + originals.size() == selection.limit()) {
                break;
            }
            boolean matches = DeadLetterRecord.text(record, DeadLetterRecord.REASON)
                    .orElse("")
                    .contains(selection.reasonContains());
            var original =
                    matches ? DeadLetterRecord.original(record) : Optional.<ProducerRecord<byte[], byte[]>>empty();
            original.ifPresentOrElse(originals::add, () -> skipped++);
            offsets.put(RecordOutcomes.partition(record), new OffsetAndMetadata(record.offset() + 1));
        }
        if (!offsets.isEmpty()) {
            publisher.publish(originals, offsets, consumer.groupMetadata());
            replayed += originals.size();
        }
    }
}
