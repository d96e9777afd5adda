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

/** Events as records: CloudEvents in structured mode, with every digit, that the door at the other end can read. */
final class EventRecords {

    /** What a record and its batch have around key and value, generously. */
    private static final int AROUND_BYTES = 2048;

    private static final Header CONTENT_TYPE =
            new RecordHeader("content-type", MediaTypes.CLOUD_EVENT.getBytes(US_ASCII));

    private final Json json;

    EventRecords(Json json) {
        this.json = json;
    }

    /** @throws Refusal INVALID, naming the first event that the topic cannot take */
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
        int room = topic.largestBatchBytes() - AROUND_BYTES;
        if (key.length + value.length > room) {
            throw Refusal.invalid("the event must have at most " + Math.max(0, room) + " bytes as JSON");
        }
        // No timestamp: the producer's clock gives the time of sending.
        return new ProducerRecord<>(topic.name(), null, null, key, value, headers);
    }

    private static List<Header> headers() {
        String trace = MDC.get("traceId");
        String span = MDC.get("spanId");
        if (trace == null || span == null) {
            return List.of(CONTENT_TYPE);
        }
        // Flags 00: nobody here records spans.
        String parent = "00-" + trace + "-" + span + "-00";
        return List.of(CONTENT_TYPE, new RecordHeader("traceparent", parent.getBytes(US_ASCII)));
    }
}
