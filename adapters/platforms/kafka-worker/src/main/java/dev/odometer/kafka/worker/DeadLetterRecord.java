package dev.odometer.kafka.worker;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Converts a poison message to a dead letter record and back. A dead letter keeps key, value and headers, and adds the
 * reason and the original topic, partition and offset as {@code odometer-} headers. Its timestamp is the time of
 * sending: with the original timestamp, the retention of the dead letter topic could delete it at once.
 */
public final class DeadLetterRecord {

    private static final String PREFIX = "odometer-";
    static final String REASON = PREFIX + "reason";
    static final String TOPIC = PREFIX + "topic";
    static final String PARTITION = PREFIX + "partition";
    static final String OFFSET = PREFIX + "offset";

    private DeadLetterRecord() {}

    static ProducerRecord<byte[], byte[]> of(
            ConsumerRecord<byte[], byte[]> record, String reason, String deadLetterTopic) {
        Headers headers = headers(record.headers(), reason, RecordOutcomes.partition(record), record.offset());
        return new ProducerRecord<>(deadLetterTopic, null, null, record.key(), record.value(), headers);
    }

    /** The headers of the dead letter of a record with these headers, at an offset of a partition. */
    public static Headers headers(Headers original, String reason, TopicPartition partition, long offset) {
        Headers headers = withoutPrefix(original);
        headers.add(REASON, bytes(reason));
        headers.add(TOPIC, bytes(partition.topic()));
        headers.add(PARTITION, bytes(String.valueOf(partition.partition())));
        headers.add(OFFSET, bytes(String.valueOf(offset)));
        return headers;
    }

    /** The original record for its original topic; empty if the record is not a dead letter. */
    static Optional<ProducerRecord<byte[], byte[]>> original(ConsumerRecord<byte[], byte[]> deadLetter) {
        return text(deadLetter, TOPIC)
                .map(topic -> new ProducerRecord<>(
                        topic, null, null, deadLetter.key(), deadLetter.value(), withoutPrefix(deadLetter.headers())));
    }

    static Optional<String> text(ConsumerRecord<byte[], byte[]> deadLetter, String name) {
        return Optional.ofNullable(deadLetter.headers().lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }

    /** Drops the headers of an earlier dead letter, so that a replayed record carries only its latest reason. */
    private static Headers withoutPrefix(Headers all) {
        var kept = new RecordHeaders();
        for (Header header : all) {
            if (!header.key().startsWith(PREFIX)) {
                kept.add(header);
            }
        }
        return kept;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
