package dev.odometer.kafka.worker;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What one poll gave: partition after partition, in each by offset.
 *
 * @param consumer whose poll it was; to be used on its own thread, which is the one that hands the batch over
 */
record Batch(List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer) {

    /** No bytes: messages of Spring show their payload in logs. */
    @Override
    public String toString() {
        return records.size() + " records";
    }
}
