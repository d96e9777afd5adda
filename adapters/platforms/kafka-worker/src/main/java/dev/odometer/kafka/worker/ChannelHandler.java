package dev.odometer.kafka.worker;

import dev.odometer.door.BatchDoor;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchListenerFailedException;

/** One channel's batches: through the door first, then poison to its topic, then the offsets. */
final class ChannelHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelHandler.class);

    private final Binding binding;
    private final String parkedTopic;
    private final BatchDoor door;
    private final DeadLetterPublisher deadLetters;
    private final WorkerMeters meters;
    private final Duration timeBudget;

    /** @param timeBudget how long a batch may take; what it does not suffice for is delivered again */
    ChannelHandler(Wiring wiring, Binding binding, Duration timeBudget) {
        this.binding = binding;
        this.parkedTopic = wiring.topics().parked(binding);
        this.door = wiring.door();
        this.deadLetters = wiring.deadLetters();
        this.meters = wiring.meters();
        this.timeBudget = timeBudget;
    }

    /** What every channel's handler shares. */
    record Wiring(BatchDoor door, Topics topics, DeadLetterPublisher deadLetters, WorkerMeters meters) {}

    /**
     * Returns when every record is done.
     *
     * @throws BatchListenerFailedException naming the first record that is not; the container commits what stands before
     *     it and delivers the rest again
     */
    void handle(Batch batch) {
        meters.batch(binding.channel(), batch.records().size(), () -> {
            BatchResult handled = attempt(batch);
            meters.outcomes(binding.channel(), handled);
            int done = handled.done();
            if (done < batch.records().size()) {
                throw failed(batch, done, handled.outcomes().get(done).reason(), null);
            }
        });
    }

    private BatchResult attempt(Batch batch) {
        try {
            BatchResult handled = BatchResult.of(
                    batch.records(), items -> door.handle(binding.channel(), items, Deadline.in(timeBudget)));
            List<Integer> poison = handled.poison();
            if (!poison.isEmpty()) {
                park(handled, poison, batch.consumer());
            }
            return handled;
        } catch (RuntimeException surprise) {
            // Whatever it is, no record is given up for it.
            throw failed(batch, 0, "the batch could not be finished: " + surprise, surprise);
        }
    }

    /** But for what was parked already, by a transaction whose end this worker did not hear of. */
    private void park(BatchResult handled, List<Integer> poison, Consumer<?, ?> consumer) {
        var committed = committed(handled, poison, consumer);
        List<ProducerRecord<byte[], byte[]>> records = poison.stream()
                .filter(i -> {
                    var record = handled.records().get(i);
                    return record.offset() >= committed.getOrDefault(BatchResult.partition(record), 0L);
                })
                .map(i -> DeadLetterRecord.of(
                        handled.records().get(i), handled.outcomes().get(i).reason(), parkedTopic))
                .toList();
        if (!records.isEmpty()) {
            deadLetters.park(records, handled.offsets(), consumer.groupMetadata());
            LOG.warn("{}: {} records are parked in {}", binding.channel(), records.size(), parkedTopic);
        }
    }

    private static Map<TopicPartition, Long> committed(
            BatchResult handled, List<Integer> poison, Consumer<?, ?> consumer) {
        Set<TopicPartition> partitions = new HashSet<>();
        poison.forEach(
                i -> partitions.add(BatchResult.partition(handled.records().get(i))));
        var committed = new HashMap<TopicPartition, Long>();
        for (var entry : consumer.committed(partitions).entrySet()) {
            OffsetAndMetadata offset = entry.getValue();
            if (offset != null) {
                committed.put(entry.getKey(), offset.offset());
            }
        }
        return committed;
    }

    private BatchListenerFailedException failed(Batch batch, int index, String reason, @Nullable Throwable cause) {
        LOG.warn(
                "{}: {} of {} records are delivered again, from {} on: {}",
                binding.channel(),
                batch.records().size() - index,
                batch.records().size(),
                RecordItem.name(batch.records().get(index)),
                reason);
        return new BatchListenerFailedException(reason, cause, index);
    }
}
