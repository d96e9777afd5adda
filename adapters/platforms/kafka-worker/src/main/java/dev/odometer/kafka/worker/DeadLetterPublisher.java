package dev.odometer.kafka.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records and commits a consumer group's offsets in one transaction. The brokers abort the transaction when the
 * group has rebalanced without this consumer. For consumers with {@code read_committed}, a crash therefore sends no
 * record twice.
 */
final class DeadLetterPublisher implements AutoCloseable {

    private final Map<String, Object> properties;
    private final String prefix;
    private final Queue<Producer<byte[], byte[]>> idle = new ConcurrentLinkedQueue<>();

    DeadLetterPublisher(KafkaSettings settings) {
        properties = settings.forClient();
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // After a crash, the open transaction blocks read_committed consumers of its partitions for this long.
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        // Below the transaction timeout, so that a failed send is known before the broker aborts the transaction.
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 9_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
        prefix = settings.group() + "-parking-";
    }

    /**
     * Sends the records and commits the offsets.
     *
     * @throws RuntimeException when the transaction failed or its result is unknown; the group's committed offsets show
     *     whether it was committed
     */
    void publish(
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group) {
        Producer<byte[], byte[]> producer = idle.poll();
        if (producer == null) {
            producer = open();
        }
        try {
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            producer.flush();
            for (Future<RecordMetadata> acknowledgment : sent) {
                acknowledgment.get();
            }
            producer.sendOffsetsToTransaction(offsets, group);
            producer.commitTransaction();
        } catch (RuntimeException failure) {
            producer.close(Duration.ZERO);
            throw failure;
        } catch (ExecutionException failure) {
            producer.close(Duration.ZERO);
            throw new IllegalStateException("a record could not be sent", failure.getCause());
        } catch (InterruptedException interrupted) {
            producer.close(Duration.ZERO);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending", interrupted);
        }
        idle.add(producer);
    }

    private Producer<byte[], byte[]> open() {
        var own = new HashMap<>(properties);
        // A random id suffices, because stale members are fenced by the group's generation and not by this id.
        own.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, prefix + UUID.randomUUID());
        var producer = new KafkaProducer<byte[], byte[]>(own);
        try {
            producer.initTransactions();
            return producer;
        } catch (RuntimeException failure) {
            producer.close(Duration.ZERO);
            throw failure;
        }
    }

    @Override
    public void close() {
        for (Producer<byte[], byte[]> producer = idle.poll(); producer != null; producer = idle.poll()) {
            producer.close(Duration.ofSeconds(5));
        }
    }
}
