package dev.odometer.kafka.worker;

import dev.odometer.door.batch.Item;
import dev.odometer.door.batch.RecordHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Converts a Kafka record to an item. */
final class RecordItem {

    private RecordItem() {}

    /** The item of a record that is not a tombstone. */
    static Item of(ConsumerRecord<byte[], byte[]> record) {
        var headers = new RecordHeaders();
        record.headers().forEach(header -> headers.with(header.key(), header.value()));
        return headers.item(name(record), record.topic() + "-" + record.partition(), record.value());
    }

    /** The record's topic, partition and offset, for logs and as the item's id. */
    static String name(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
