package dev.odometer.kafka.worker;

import dev.odometer.door.batch.BatchProcessor;
import dev.odometer.door.batch.LoggedReasons;
import dev.odometer.door.batch.ReportMode;
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

/**
 * Handles the batches of one channel. It calls the function through the door, then publishes poison messages to the
 * dead letter topic, then lets the container commit the offsets.
 */
final class ChannelHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelHandler.class);

    private final Binding binding;
    private final String deadLetterTopic;
    private final BatchProcessor processor;
    private final DeadLetterPublisher deadLetters;
    private final WorkerMeters meters;
    private final Duration timeBudget;

    /** @param timeBudget how long a batch may take; records that are not handled in that time are redelivered */
    ChannelHandler(Wiring wiring, Binding binding, Duration timeBudget) {
        this.binding = binding;
        this.deadLetterTopic = wiring.topics().deadLetterTopic(binding);
        this.processor = wiring.processor();
        this.deadLetters = wiring.deadLetters();
        this.meters = wiring.meters();
        this.timeBudget = timeBudget;
        // From the start, so that a query sees the first dead letter as an increase.
        meters.deadLetters(binding.channel(), 0);
    }

    /** The dependencies that the handlers of all channels share. */
    record Wiring(BatchProcessor processor, Topics topics, DeadLetterPublisher deadLetters, WorkerMeters meters) {}

    /**
     * Handles a batch and returns when every record is handled.
     *
     * @throws BatchListenerFailedException with the index of the first record that is not handled; the container
     *     commits the offsets before it and redelivers the rest
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
                    records -> processor.processWithoutDeadLetters(
                            records, ReportMode.FIRST_FAILURE, Deadline.in(timeBudget)));
            List<Integer> poison = handled.poison();
            if (!poison.isEmpty()) {
                publishDeadLetters(handled, poison, batch.consumer());
            }
            return handled;
        } catch (RuntimeException unexpected) {
            // No exception may skip a record: the whole batch is redelivered.
            throw failed(batch, 0, "the batch could not be finished: " + unexpected, unexpected);
        }
    }

    /**
     * Publishes the poison messages at or after the group's committed offsets. Those before were already published, by
     * a transaction whose result this worker did not receive.
     */
    private void publishDeadLetters(RecordOutcomes handled, List<Integer> poison, Consumer<?, ?> consumer) {
        var committed = committed(handled, poison, consumer);
        List<Integer> unpublished = poison.stream()
                .filter(i -> {
                    var record = handled.records().get(i);
                    return record.offset() >= committed.getOrDefault(RecordOutcomes.partition(record), 0L);
                })
                .toList();
        if (!unpublished.isEmpty()) {
            List<ProducerRecord<byte[], byte[]>> records = unpublished.stream()
                    .map(i -> DeadLetterRecord.of(handled.records().get(i), reason(handled, i), deadLetterTopic))
                    .toList();
            deadLetters.publish(records, handled.offsets(), consumer.groupMetadata());
            meters.deadLetters(binding.channel(), records.size());
            LOG.warn(
                    "{}: stored {} records as dead letters in {}: {}",
                    binding.channel(),
                    records.size(),
                    deadLetterTopic,
                    LoggedReasons.of(
                            unpublished.stream().map(i -> reason(handled, i)).toList()));
        }
    }

    private static String reason(RecordOutcomes handled, int index) {
        return handled.outcomes().get(index).reason();
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
                "{}: redelivering {} of {} records, starting at {}: {}",
                binding.channel(),
                batch.records().size() - index,
                batch.records().size(),
                RecordItem.name(batch.records().get(index)),
                reason);
        return new BatchListenerFailedException(reason, cause, index);
    }
}
