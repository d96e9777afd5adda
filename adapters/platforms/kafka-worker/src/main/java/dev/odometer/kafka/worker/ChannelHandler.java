package dev.odometer.kafka.worker;

import dev.odometer.door.BatchProcessor;
import dev.odometer.door.ReportMode;
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
    private final BatchProcessor processor;
    private final DeadLetterPublisher deadLetters;
    private final WorkerMeters meters;
    private final Duration timeBudget;

    /** @param timeBudget how long a batch may take; what it does not suffice for is delivered again */
    ChannelHandler(Wiring wiring, Binding binding, Duration timeBudget) {
        this.binding = binding;
        this.parkedTopic = wiring.topics().parked(binding);
        this.processor = wiring.processor();
        this.deadLetters = wiring.deadLetters();
        this.meters = wiring.meters();
        this.timeBudget = timeBudget;
    }

    /** What every channel's handler shares. */
    record Wiring(BatchProcessor processor, Topics topics, DeadLetterPublisher deadLetters, WorkerMeters meters) {}

    /**
     * Returns when every record is done.
     *
     * @throws BatchListenerFailedException naming the first record that is not; the container commits what stands before
     *     it and delivers the rest again
     */
    void handle(Batch batch) {
        meters.batch(binding.channel(), batch.records().size(), () -> {
            RecordOutcomes handled = attempt(batch);
            meters.outcomes(binding.channel(), handled);
            int done = handled.done();
            if (done < batch.records().size()) {
                throw failed(batch, done, handled.outcomes().get(done).reason(), null);
            }
        });
    }

    private RecordOutcomes attempt(Batch batch) {
        try {
            RecordOutcomes handled = RecordOutcomes.of(
                    batch.records(),
                    binding.channel(),
                    records -> processor.call(records, ReportMode.FIRST_FAILURE, Deadline.in(timeBudget)));
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
    private void park(RecordOutcomes handled, List<Integer> poison, Consumer<?, ?> consumer) {
        var committed = committed(handled, poison, consumer);
        List<ProducerRecord<byte[], byte[]>> records = poison.stream()
                .filter(i -> {
                    var record = handled.records().get(i);
                    return record.offset() >= committed.getOrDefault(RecordOutcomes.partition(record), 0L);
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
            RecordOutcomes handled, List<Integer> poison, Consumer<?, ?> consumer) {
        Set<TopicPartition> partitions = new HashSet<>();
        poison.forEach(
                i -> partitions.add(RecordOutcomes.partition(handled.records().get(i))));
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
