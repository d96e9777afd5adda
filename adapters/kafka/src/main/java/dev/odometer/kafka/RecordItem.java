package dev.odometer.kafka;

import dev.odometer.door.Item;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record as an item, by the Kafka protocol binding of CloudEvents 1.0: binary mode has {@code ce_} headers, structured
 * mode a content type that says so. A record with neither is taken for the event's JSON.
 */
final class RecordItem {

    private static final String PREFIX = "ce_";
    private static final String CONTENT_TYPE = "content-type";
    private static final String STRUCTURED = "application/cloudevents";

    private RecordItem() {}

    /** Of a record that has a value. */
    static Item of(ConsumerRecord<byte[], byte[]> record) {
        var attributes = new HashMap<String, String>();
        String contentType = null;
        for (Header header : record.headers()) {
            if (header.value() == null) {
                continue;
            }
            if (header.key().equalsIgnoreCase(CONTENT_TYPE)) {
                contentType = text(header);
            } else if (header.key().startsWith(PREFIX)) {
                attributes.put(header.key().substring(PREFIX.length()), text(header));
            }
        }
        // Structured mode may repeat attributes in headers, where they do not count.
        boolean structured =
                contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(STRUCTURED);
        return item(record, contentType, structured ? Map.of() : attributes);
    }

    private static Item item(
            ConsumerRecord<byte[], byte[]> record, @Nullable String contentType, Map<String, String> attributes) {
        return new Item(name(record), contentType, attributes, record.value());
    }

    /** What a record is called in logs. */
    static String name(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
