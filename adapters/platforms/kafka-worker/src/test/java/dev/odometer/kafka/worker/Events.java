package dev.odometer.kafka.worker;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Sample records; each event counts as one call and 0.1 tokens. */
record Events(String topic, String type) {

    /** The event as JSON, without a content type. */
    ProducerRecord<byte[], byte[]> plain(String id) {
        return new ProducerRecord<>(topic, bytes("acme"), bytes(json(id)));
    }

    ProducerRecord<byte[], byte[]> plain(String id, int partition) {
        return new ProducerRecord<>(topic, partition, bytes("acme"), bytes(json(id)));
    }

    ProducerRecord<byte[], byte[]> structured(String id) {
        return record(json(id), header("content-type", "application/cloudevents+json; charset=UTF-8"));
    }

    ProducerRecord<byte[], byte[]> binary(String id) {
        return binary(id, bytes("{\"tokens\":\"0.1\"}"), bytes("acme"));
    }

    /** An event without data: binary mode without a value. */
    ProducerRecord<byte[], byte[]> withoutData(String id) {
        return binary(id, null, bytes("acme"));
    }

    /** An event with a subject in the encoding ISO-8859-1, which is poison. */
    ProducerRecord<byte[], byte[]> latin1(String id) {
        return binary(id, null, "größe".getBytes(StandardCharsets.ISO_8859_1));
    }

    private ProducerRecord<byte[], byte[]> binary(String id, byte @Nullable [] data, byte[] subject) {
        return new ProducerRecord<>(
                topic,
                null,
                bytes("acme"),
                data,
                List.of(
                        header("content-type", "application/json"),
                        header("ce_specversion", "1.0"),
                        header("ce_id", id),
                        header("ce_source", type),
                        header("ce_type", type),
                        new RecordHeader("ce_subject", subject),
                        header("ce_time", "2026-11-01T12:00:00Z")));
    }

    ProducerRecord<byte[], byte[]> tombstone() {
        return new ProducerRecord<>(topic, bytes("acme"), null);
    }

    ProducerRecord<byte[], byte[]> poison(int n) {
        return record("no event " + n, header("trace", "t" + n));
    }

    List<ProducerRecord<byte[], byte[]>> plain(int from, int to, int partitions) {
        return IntStream.range(from, to)
                .mapToObj(n -> plain("e" + n, n % partitions))
                .toList();
    }

    private ProducerRecord<byte[], byte[]> record(String body, Header... headers) {
        return new ProducerRecord<>(topic, null, bytes("acme"), bytes(body), List.of(headers));
    }

    private String json(String id) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"" + type + "\",\"type\":\"" + type
                + "\",\"subject\":\"acme\",\"time\":\"2026-11-01T12:00:00Z\",\"data\":{\"tokens\":\"0.1\"}}";
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, bytes(value));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
