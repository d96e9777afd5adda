package dev.odometer.door.event;

import dev.odometer.door.json.Json;
import dev.odometer.door.json.JsonReader;
import dev.odometer.door.json.RequiredMembers;
import dev.odometer.functions.refusal.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads CloudEvents 1.0 into a record whose components are named like the attributes, plus {@code data}. Attributes that
 * the record does not have are ignored, but the required ones must be present, and so must components that are marked as
 * required. Bytes are bound to records directly; only documents with {@code data_base64}, which is rare, and events of
 * records without all required attributes are parsed as trees.
 */
public final class CloudEvents {

    private final JsonReader document;
    private final RequiredAttributes required;
    private final Consumer<@Nullable Object> members;
    private final JsonReader one;
    private final JsonReader many;

    public CloudEvents(Json json, JavaType event) {
        this.document = json.reader();
        this.required = RequiredAttributes.of(event);
        this.members = RequiredMembers.of(event);
        this.one = json.reader(event, false).with(new EncodedData(event.getRawClass()));
        this.many = json.reader(json.listOf(event), false).with(new EncodedData(event.getRawClass()));
    }

    /** One event in structured mode. */
    public List<?> structured(byte[] body) {
        return List.of(readOne(body));
    }

    private Object readOne(byte[] body) {
        Object event = read(one, body);
        required.check(event, "");
        members.accept(event);
        return event;
    }

    /** A batch, which may be empty. */
    public List<?> batch(byte[] body) {
        if (!isArray(body)) {
            throw Refusal.invalid("a batch of events must be an array");
        }
        List<?> events = (List<?>) read(many, body);
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) == null) {
                throw Refusal.invalid("[" + i + "] must not be null");
            }
            required.check(events.get(i), "[" + i + "].");
        }
        members.accept(events);
        return events;
    }

    /** One event or several, depending on the JSON; an empty array is an error. */
    public List<?> plain(byte[] body) {
        if (!isArray(body)) {
            return structured(body);
        }
        return checkNotEmpty(batch(body));
    }

    /**
     * An event in structured mode on each line, at least one; blank lines are ignored. The refusal of an event names its
     * line.
     */
    public List<?> lines(byte[] body) {
        var events = new ArrayList<Object>();
        int line = 1;
        for (int start = 0; start < body.length; line++) {
            int end = endOfLine(body, start);
            byte[] text = Arrays.copyOfRange(body, start, end);
            if (!isBlank(text)) {
                try {
                    events.add(readOne(text));
                } catch (Refusal refusal) {
                    throw refusal.at("line " + line);
                }
            }
            start = end + 1;
        }
        return checkNotEmpty(events);
    }

    private static int endOfLine(byte[] body, int start) {
        int end = start;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return end;
    }

    private static List<?> checkNotEmpty(List<?> events) {
        if (events.isEmpty()) {
            throw Refusal.invalid("invalid event: no events found");
        }
        return events;
    }

    /**
     * One event in binary mode.
     *
     * @param attributes decoded, by names without the prefix of a protocol
     * @param contentType of the data
     * @param data empty if there is none
     */
    public List<?> binary(Map<String, String> attributes, @Nullable String contentType, byte[] data) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        attributes.forEach(event::put);
        event.remove(List.of("data", EncodedData.FIELD));
        if (contentType != null) {
            event.put("datacontenttype", contentType);
        }
        if (data.length > 0) {
            event.set("data", (JsonNode) document.read(data));
        }
        required.check(event, "");
        Object bound = one.bind(event);
        members.accept(bound);
        return List.of(bound);
    }

    private Object read(JsonReader reader, byte[] body) {
        if (!required.areComponents()) {
            var tree = (JsonNode) document.read(body);
            required.check(tree);
            return reader.bind(decoded(tree));
        }
        var encoded = new AtomicBoolean();
        Object events = reader.with(EncodedData.FOUND, encoded).read(body);
        return encoded.get() ? reader.bind(decoded((JsonNode) document.read(body))) : events;
    }

    private JsonNode decoded(JsonNode document) {
        decode(document, "");
        for (int i = 0; document.isArray() && i < document.size(); i++) {
            decode(document.get(i), "[" + i + "].");
        }
        return document;
    }

    private void decode(JsonNode event, String place) {
        if (event instanceof ObjectNode fields) {
            EncodedData.decode(fields, place, document);
        }
    }

    private static boolean isArray(byte[] body) {
        int first = firstNonBlank(body);
        return first < body.length && body[first] == '[';
    }

    private static boolean isBlank(byte[] text) {
        return firstNonBlank(text) == text.length;
    }

    private static int firstNonBlank(byte[] text) {
        int i = 0;
        while (i < text.length && (text[i] == ' ' || text[i] == '\t' || text[i] == '\n' || text[i] == '\r')) {
            i++;
        }
        return i;
    }
}
