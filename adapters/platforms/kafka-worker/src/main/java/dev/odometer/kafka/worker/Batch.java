package dev.odometer.kafka.worker;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of one poll, grouped by partition and ordered by offset within each.
 *
 * @param consumer the consumer that polled them; not thread-safe, so it is used only on the thread that handles the
 *     batch
 */
record Batch(List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer) {

    /** Omits the bytes, because Spring logs the payload of a message. */
    @Override
    public String toString() {
        return records.size() + " records";
    }
}
