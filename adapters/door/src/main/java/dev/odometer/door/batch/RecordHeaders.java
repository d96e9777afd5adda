package dev.odometer.door.batch;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a Kafka record, by the Kafka protocol binding of CloudEvents 1.0: binary mode has {@code ce_} headers,
 * structured mode has a CloudEvents content type. A record with neither is read as JSON. If a header is repeated, its
 * last value counts.
 */
public final class RecordHeaders {

    private static final String PREFIX = "ce_";
    private static final String CONTENT_TYPE = "content-type";
    private static final String STRUCTURED = "application/cloudevents";

    private final Map<String, String> attributes = new HashMap<>();
    private @Nullable String contentType;

    /** Adds a header; one without a value is ignored. */
    public RecordHeaders with(String name, byte @Nullable [] value) {
        if (value == null) {
            return this;
        }
        if (name.equalsIgnoreCase(CONTENT_TYPE)) {
            contentType = new String(value, StandardCharsets.UTF_8);
        } else if (name.startsWith(PREFIX)) {
            attributes.put(name.substring(PREFIX.length()), new String(value, StandardCharsets.UTF_8));
        }
        return this;
    }

    /** The record as an item. */
    public Item item(String id, String partition, byte[] value) {
        // Structured mode may repeat attributes as headers; those in the value are authoritative.
        boolean structured =
                contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(STRUCTURED);
        return new Item(id, partition, contentType, structured ? Map.of() : attributes, value);
    }
}
