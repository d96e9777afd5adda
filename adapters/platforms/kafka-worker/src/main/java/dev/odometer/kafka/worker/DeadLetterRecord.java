package dev.odometer.kafka.worker;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record that can never be counted: key, bytes and headers as they were, and in {@code odometer-} headers why and
 * where it stood. Its timestamp is that of the parking, or a broker's retention would delete what is old already.
 */
final class DeadLetterRecord {

    private static final String OURS = "odometer-";
    static final String REASON = OURS + "reason";
    static final String TOPIC = OURS + "topic";
    static final String PARTITION = OURS + "partition";
    static final String OFFSET = OURS + "offset";

    private DeadLetterRecord() {}

    static ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record, String reason, String parkedTopic) {
        Headers headers = others(record.headers());
        headers.add(REASON, bytes(reason));
        headers.add(TOPIC, bytes(record.topic()));
        headers.add(PARTITION, bytes(String.valueOf(record.partition())));
        headers.add(OFFSET, bytes(String.valueOf(record.offset())));
        return new ProducerRecord<>(parkedTopic, null, null, record.key(), record.value(), headers);
    }

    /** The record as it was, for the topic it came from; nothing for a record that nobody parked. */
    static Optional<ProducerRecord<byte[], byte[]>> original(ConsumerRecord<byte[], byte[]> parked) {
        return text(parked, TOPIC)
                .map(topic -> new ProducerRecord<>(
                        topic, null, null, parked.key(), parked.value(), others(parked.headers())));
    }

    static Optional<String> text(ConsumerRecord<byte[], byte[]> parked, String name) {
        return Optional.ofNullable(parked.headers().lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }

    /** Those that are not ours: one that was parked before says only why it is now. */
    private static Headers others(Headers all) {
        var others = new RecordHeaders();
        for (Header header : all) {
            if (!header.key().startsWith(OURS)) {
                others.add(header);
            }
        }
        return others;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
