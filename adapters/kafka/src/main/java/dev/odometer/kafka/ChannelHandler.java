package dev.odometer.kafka;

import dev.odometer.binding.Binding;
import dev.odometer.binding.Deadline;
import dev.odometer.door.BatchProcessor;
import dev.odometer.door.ReportMode;
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
    private final Parking parking;
    private final WorkerMeters meters;
    private final Duration patience;

    /** @param patience how long a batch may take; what it does not suffice for is delivered again */
    ChannelHandler(Wiring wiring, Binding binding, Duration patience) {
        this.binding = binding;
        this.parkedTopic = wiring.topics().parked(binding);
        this.processor = wiring.processor();
        this.parking = wiring.parking();
        this.meters = wiring.meters();
        this.patience = patience;
    }

    /** What every channel's handler shares. */
    record Wiring(BatchProcessor processor, Topics topics, Parking parking, WorkerMeters meters) {}

    /**
     * Returns when every record is done.
     *
     * @throws BatchListenerFailedException naming the first record that is not; the container commits what stands before
     *     it and delivers the rest again
     */
    void handle(Batch batch) {
        meters.batch(binding.channel(), batch.records().size(), () -> {
            Handled handled = attempt(batch);
            meters.outcomes(binding.channel(), handled);
            int done = handled.done();
            if (done < batch.records().size()) {
                throw failed(batch, done, handled.outcomes().get(done).reason(), null);
            }
        });
    }

    private Handled attempt(Batch batch) {
        try {
            Handled handled = Handled.of(
                    batch.records(),
                    binding.channel(),
                    records -> processor.call(records, ReportMode.FIRST_FAILURE, Deadline.in(patience)));
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
    private void park(Handled handled, List<Integer> poison, Consumer<?, ?> consumer) {
        var committed = committed(handled, poison, consumer);
        List<ProducerRecord<byte[], byte[]>> records = poison.stream()
                .filter(i -> {
                    var record = handled.records().get(i);
                    return record.offset() >= committed.getOrDefault(Handled.partition(record), 0L);
                })
                .map(i -> Parked.of(
                        handled.records().get(i), handled.outcomes().get(i).reason(), parkedTopic))
                .toList();
        if (!records.isEmpty()) {
            parking.park(records, handled.offsets(), consumer.groupMetadata());
            LOG.warn("{}: {} records are parked in {}", binding.channel(), records.size(), parkedTopic);
        }
    }

    private static Map<TopicPartition, Long> committed(Handled handled, List<Integer> poison, Consumer<?, ?> consumer) {
        Set<TopicPartition> partitions = new HashSet<>();
        poison.forEach(i -> partitions.add(Handled.partition(handled.records().get(i))));
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
