package dev.odometer.kafka.streams;

import dev.odometer.functions.retry.Backoff;
import dev.odometer.postgres.delta.DeltaPartition;
import dev.odometer.postgres.usage.Delta;
import dev.odometer.postgres.usage.DeltaWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of deltas from the position that the database has recorded, and applies each poll in one transaction.
 * After any failure, it begins again at that position: the offsets in Kafka are committed for monitoring only.
 */
final class DeltaSink implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(DeltaSink.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PURGE_EVERY = Duration.ofMinutes(1);
    private static final int JITTER_PERCENT = 50;
    private static final Backoff BACKOFF =
            Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(10), JITTER_PERCENT);

    private final String topic;
    private final String topicId;
    private final DeltaWriter writer;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Purge purge;
    private final EngineMetrics metrics;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Map<TopicPartition, Long> applied = new HashMap<>();
    private long purgedAt = System.nanoTime();
    private volatile @Nullable Consumer<byte[], byte[]> current;
    private volatile @Nullable String problem = "the deltas are not read yet";

    /** Deletes the records below the offsets. */
    interface Purge {
        void before(Map<TopicPartition, Long> offsets);
    }

    /** A topic and the id that Kafka has assigned to it. */
    record Topic(String name, String id) {}

    DeltaSink(
            Topic topic,
            DeltaWriter writer,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Purge purge,
            EngineMetrics metrics) {
        this.topic = topic.name();
        this.topicId = topic.id();
        this.writer = writer;
        this.consumers = consumers;
        this.purge = purge;
        this.metrics = metrics;
    }

    /** Why no deltas are applied; empty if they are. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public void run() {
        int failures = 0;
        while (stopped.getCount() > 0) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                current = consumer;
                consumer.subscribe(List.of(topic), new FromRecordedPositions(consumer));
                while (stopped.getCount() > 0) {
                    apply(consumer.poll(POLL), consumer);
                    problem = null;
                    failures = 0;
                }
            } catch (WakeupException stopping) {
                // The loop ends.
            } catch (RuntimeException failure) {
                failures++;
                problem = "the deltas cannot be applied: " + failure.getMessage();
                LOG.warn("Applying deltas failed; it begins again at the recorded position", failure);
                pause(failures);
            } finally {
                current = null;
            }
        }
    }

    /** Continues where the database says, whichever consumer has read the partition before. */
    private final class FromRecordedPositions implements ConsumerRebalanceListener {

        private final Consumer<byte[], byte[]> consumer;

        FromRecordedPositions(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                OptionalLong position = writer.position(source(partition));
                if (position.isPresent()) {
                    consumer.seek(partition, position.getAsLong());
                } else {
                    consumer.seekToBeginning(List.of(partition));
                }
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            applied.keySet().removeAll(partitions);
        }
    }

    private DeltaPartition source(TopicPartition partition) {
        return new DeltaPartition(topicId, partition.partition());
    }

    private void apply(ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> consumer) {
        if (!records.isEmpty()) {
            var deltas = new ArrayList<Delta>(records.count());
            var next = new TreeMap<DeltaPartition, Long>();
            var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
            for (TopicPartition partition : records.partitions()) {
                DeltaPartition source = source(partition);
                for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                    deltas.add(DeltaRecord.of(record, source));
                    next.put(source, record.offset() + 1);
                    applied.put(partition, record.offset() + 1);
                }
                offsets.put(partition, new OffsetAndMetadata(applied.getOrDefault(partition, 0L)));
            }
            metrics.applied(writer.apply(deltas, next));
            consumer.commitAsync(offsets, (committed, failure) -> {});
        }
        if (System.nanoTime() - purgedAt > PURGE_EVERY.toNanos() && !applied.isEmpty()) {
            purgedAt = System.nanoTime();
            purge.before(Map.copyOf(applied));
        }
    }

    private void pause(int failures) {
        try {
            if (stopped.await(BACKOFF.pause(failures).toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Stopped while waiting");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }

    /** Ends {@link #run} after the transaction in progress. */
    void stop() {
        stopped.countDown();
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
    }
}
