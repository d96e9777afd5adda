package dev.odometer.door.batch;

import dev.odometer.door.json.Utf8;
import dev.odometer.functions.refusal.Refusal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a Kafka record, by the Kafka protocol binding of CloudEvents 1.0: binary mode has {@code ce_} headers,
 * structured mode has a CloudEvents content type. A record with neither is read as JSON. An event without data has {@code
 * ce_} headers and no value. If a header is repeated, its last value counts.
 */
public final class RecordHeaders {

    private static final String PREFIX = "ce_";
    private static final String CONTENT_TYPE = "content-type";
    private static final String STRUCTURED = "application/cloudevents";
    private static final String ID = "id";
    private static final byte[] EMPTY = {};

    private final Map<String, String> attributes = new HashMap<>();
    private @Nullable String contentType;
    private @Nullable String malformed;

    /** Adds a header; one without a value is ignored. */
    public RecordHeaders with(String name, byte @Nullable [] value) {
        if (value == null) {
            return this;
        }
        if (name.equalsIgnoreCase(CONTENT_TYPE)) {
            contentType = text(name, value);
        } else if (name.startsWith(PREFIX)) {
            attributes.put(name.substring(PREFIX.length()), text(name, value));
        }
        return this;
    }

    private String text(String name, byte[] value) {
        return Utf8.decoded(value).orElseGet(() -> {
            malformed = name;
            return "";
        });
    }

    /**
     * The record as an item; empty for a tombstone, which has neither a value nor a {@code ce_id}.
     *
     * @throws Refusal when a header of an event is not UTF-8
     */
    public Optional<Item> item(String id, String partition, byte @Nullable [] value) {
        if (value == null && !attributes.containsKey(ID)) {
            return Optional.empty();
        }
        // Structured mode may repeat attributes as headers; those in the value are authoritative.
        boolean structured =
                contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(STRUCTURED);
        if (malformed != null && !structured) {
            throw Refusal.invalid("the header " + Refusal.quote(malformed) + " is not UTF-8");
        }
        return Optional.of(new Item(
                id, partition, contentType, structured ? Map.of() : attributes, value == null ? EMPTY : value));
    }
}
