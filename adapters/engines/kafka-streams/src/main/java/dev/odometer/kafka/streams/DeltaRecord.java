package dev.odometer.kafka.streams;

import dev.odometer.postgres.delta.DeltaPartition;
import dev.odometer.postgres.usage.Delta;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A delta as a record: its key is the series, so that one partition has all deltas of a series. */
final class DeltaRecord {

    private static final int VERSION = 1;

    private DeltaRecord() {}

    /** The value of a record. */
    static byte[] bytes(MinuteKey key, byte[] total) {
        var bytes = new Binary.Writer().tiny(VERSION).large(key.minute());
        byte[] text = key.text();
        return (text == null ? bytes.tiny(0).sized(total) : bytes.tiny(1).sized(text)).bytes();
    }

    static Delta of(ConsumerRecord<byte[], byte[]> record, DeltaPartition partition) {
        SeriesKey series = SeriesKey.of(record.key());
        var reader = new Binary.Reader(record.value()).version(VERSION);
        long minute = reader.large();
        boolean isText = reader.tiny() == 1;
        byte[] content = reader.sized();
        return new Delta(
                partition,
                record.offset(),
                series.rollup(),
                series.subject(),
                series.groups(),
                minute,
                isText ? null : MinuteTotal.of(content),
                isText ? content : null);
    }
}
