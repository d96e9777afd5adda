package dev.odometer.kafka.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.odometer.door.json.Json;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.MediaTypes;
import dev.odometer.metering.usage.UsageEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.slf4j.MDC;

/**
 * Converts events to Kafka records: CloudEvents in structured mode, with the exact digits of all numbers. It refuses
 * events that the consuming door could not read.
 */
final class EventRecords {

    /** An upper bound of the bytes that a record and its batch need beside key and value. */
    private static final int OVERHEAD_BYTES = 2048;

    private static final Header CONTENT_TYPE =
            new RecordHeader("content-type", MediaTypes.CLOUD_EVENT.getBytes(US_ASCII));

    private final Json json;

    EventRecords(Json json) {
        this.json = json;
    }

    /** @throws Refusal INVALID, with the index of the first event that is too large or cannot be read again */
    List<ProducerRecord<byte[], byte[]>> of(List<UsageEvent> events, UsageTopic.Found topic) {
        List<Header> headers = headers();
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>(events.size());
        for (int i = 0; i < events.size(); i++) {
            try {
                records.add(record(events.get(i), topic, headers));
            } catch (Refusal refusal) {
                throw refusal.at("[" + i + "]");
            }
        }
        return records;
    }

    private ProducerRecord<byte[], byte[]> record(UsageEvent event, UsageTopic.Found topic, List<Header> headers) {
        RoundTripCheck.check(event.data());
        byte[] key = event.subject().getBytes(UTF_8);
        byte[] value = json.write(event);
        int limit = topic.maxBatchBytes() - OVERHEAD_BYTES;
        if (key.length + value.length > limit) {
            throw Refusal.invalid("the event must have at most " + Math.max(0, limit) + " bytes as JSON");
        }
        // Without a timestamp, the producer sets the time of sending.
        return new ProducerRecord<>(topic.name(), null, null, key, value, headers);
    }

    private static List<Header> headers() {
        String trace = MDC.get("traceId");
        String span = MDC.get("spanId");
        if (trace == null || span == null) {
            return List.of(CONTENT_TYPE);
        }
        // Flags 00: spans are not recorded (W3C Trace Context).
        String parent = "00-" + trace + "-" + span + "-00";
        return List.of(CONTENT_TYPE, new RecordHeader("traceparent", parent.getBytes(US_ASCII)));
    }
}
