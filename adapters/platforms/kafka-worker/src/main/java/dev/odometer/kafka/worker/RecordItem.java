package dev.odometer.kafka.worker;

import dev.odometer.door.batch.DeliveredItem;
import dev.odometer.door.batch.DeliverySource;
import dev.odometer.door.batch.Item;
import dev.odometer.door.batch.RecordHeaders;
import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Converts Kafka records to items. */
final class RecordItem {

    private RecordItem() {}

    /** The item of a record; none for a tombstone. */
    static List<DeliveredItem> of(ConsumerRecord<byte[], byte[]> record, DeliverySource source) {
        var headers = new RecordHeaders();
        record.headers().forEach(header -> headers.with(header.key(), header.value()));
        String partition = record.topic() + "-" + record.partition();
        try {
            return headers.item(name(record), partition, record.value()).stream()
                    .map(item -> DeliveredItem.of(source, item))
                    .toList();
        } catch (Refusal malformed) {
            // The item's content is not used: the dead letter is a copy of the record.
            Item item = Item.json(name(record), partition, new byte[0]);
            return List.of(DeliveredItem.poison(source, item, malformed.detail()));
        }
    }

    /** The record's topic, partition and offset, for logs and as the item's id. */
    static String name(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
