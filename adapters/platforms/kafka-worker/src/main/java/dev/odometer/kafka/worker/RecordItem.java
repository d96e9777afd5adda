package dev.odometer.kafka.worker;

import dev.odometer.door.Item;
import dev.odometer.door.RecordHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record as an item. */
final class RecordItem {

    private RecordItem() {}

    /** Of a record that has a value. */
    static Item of(ConsumerRecord<byte[], byte[]> record) {
        var headers = new RecordHeaders();
        record.headers().forEach(header -> headers.with(header.key(), header.value()));
        return headers.item(name(record), record.topic() + "-" + record.partition(), record.value());
    }

    /** What a record is called in logs. */
    static String name(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
