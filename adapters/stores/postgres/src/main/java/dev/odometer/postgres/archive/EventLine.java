package dev.odometer.postgres.archive;

import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Micros;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stored event as a CloudEvent in JSON. The extensions {@code recordedtime} and {@code sequence} have the time and the
 * position of its arrival; see https://github.com/cloudevents/spec/tree/main/cloudevents/extensions. A sequence has 19 digits,
 * so that the order of texts is the order of numbers.
 */
final class EventLine {

    private EventLine() {}

    /** The line with its line break. */
    static byte[] of(StoredEvent stored) {
        UsageEvent event = stored.event();
        var line = new LinkedHashMap<String, @Nullable Object>();
        line.put("specversion", event.specversion());
        line.put("type", event.type());
        line.put("source", event.source());
        line.put("subject", event.subject());
        line.put("time", event.happenedAt().toString());
        line.put("recordedtime", Micros.toInstant(stored.recordedAt()).toString());
        line.put("sequence", "%019d".formatted(stored.position()));
        line.put("id", event.id());
        if (event.datacontenttype() != null) {
            line.put("datacontenttype", event.datacontenttype());
        }
        if (event.dataschema() != null) {
            line.put("dataschema", event.dataschema());
        }
        if (event.data() != null) {
            line.put("data", event.data());
        }
        return (DataJson.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static StoredEvent parse(String text) {
        Map<String, @Nullable Object> line = DataJson.object(text);
        Instant time = Instant.parse(text(line, "time"));
        @SuppressWarnings("unchecked")
        var data = (Map<String, @Nullable Object>) line.get("data");
        var event = new UsageEvent(
                text(line, "specversion"),
                text(line, "id"),
                text(line, "source"),
                text(line, "type"),
                text(line, "subject"),
                time,
                (String) line.get("datacontenttype"),
                (String) line.get("dataschema"),
                data);
        return new StoredEvent(
                event,
                Micros.of(time),
                Long.parseLong(text(line, "sequence")),
                Micros.of(Instant.parse(text(line, "recordedtime"))));
    }

    private static String text(Map<String, @Nullable Object> line, String attribute) {
        return (String) Objects.requireNonNull(line.get(attribute), attribute);
    }
}
