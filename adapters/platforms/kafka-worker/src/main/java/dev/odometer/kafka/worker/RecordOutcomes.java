package dev.odometer.kafka.worker;

import dev.odometer.door.batch.BatchResult;
import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.DeliverySource;
import dev.odometer.door.batch.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A batch and the outcome of each record. Only the records before the first one that must be retried are done. That
 * record and all records after it are redelivered, which keeps the order and stores no dead letter twice.
 *
 * @param outcomes one per record; OK for a tombstone, which has nothing to count
 * @param done the number of leading records that are done
 * @param tombstones the number of tombstones
 */
record RecordOutcomes(List<ConsumerRecord<byte[], byte[]>> records, List<Outcome> outcomes, int done, long tombstones) {

    /** One group for all partitions, because the container seeks back to the failed record and all records after it. */
    private static final String GROUP = "batch";

    /** Processes the deliveries of a batch. */
    interface Processor {
        BatchResult<ConsumerRecord<byte[], byte[]>> process(List<Delivery<ConsumerRecord<byte[], byte[]>>> deliveries);
    }

    static RecordOutcomes of(List<ConsumerRecord<byte[], byte[]>> records, String channel, Processor processor) {
        List<Delivery<ConsumerRecord<byte[], byte[]>>> deliveries =
                records.stream().map(record -> delivery(record, channel)).toList();
        var result = processor.process(deliveries);
        List<Outcome> outcomes = deliveries.stream()
                .map(delivery -> delivery.items().isEmpty()
                        ? Outcome.OK
                        : result.outcome(delivery.items().get(0)))
                .toList();
        long tombstones = deliveries.stream()
                .filter(delivery -> delivery.items().isEmpty())
                .count();
        return new RecordOutcomes(
                records, outcomes, records.size() - result.redeliveries().size(), tombstones);
    }

    private static Delivery<ConsumerRecord<byte[], byte[]>> delivery(
            ConsumerRecord<byte[], byte[]> record, String channel) {
        var source = new DeliverySource(channel, record.topic());
        return new Delivery<>(record, GROUP, RecordItem.of(record, source));
    }

    /** The indexes of the records to publish as dead letters now. */
    List<Integer> poison() {
        return IntStream.range(0, done)
                .filter(i -> outcomes.get(i).kind() == Outcome.Kind.POISON)
                .boxed()
                .toList();
    }

    /** The offsets to commit for the records that are done. */
    Map<TopicPartition, OffsetAndMetadata> offsets() {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var record : records.subList(0, done)) {
            offsets.put(partition(record), new OffsetAndMetadata(record.offset() + 1));
        }
        return offsets;
    }

    static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
