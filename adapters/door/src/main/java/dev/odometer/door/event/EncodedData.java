package dev.odometer.door.event;

import dev.odometer.door.json.JsonReader;
import dev.odometer.functions.refusal.Refusal;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.node.ObjectNode;

/** Detects and decodes {@code data_base64}, which must contain a JSON object like {@code data}. */
final class EncodedData extends DeserializationProblemHandler {

    static final String FIELD = "data_base64";
    /** The attribute of a reader's context that holds the flag to set if such data is found. */
    static final String FOUND = EncodedData.class.getName();

    private final Class<?> event;

    EncodedData(Class<?> event) {
        this.event = event;
    }

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            @Nullable ValueDeserializer<?> deserializer,
            Object owner,
            String name) {
        boolean isEvent = owner == event || event.isInstance(owner);
        if (isEvent && name.equals(FIELD) && context.getAttribute(FOUND) instanceof AtomicBoolean found) {
            found.set(true);
        }
        return false;
    }

    static void decode(ObjectNode event, String place, JsonReader document) {
        var encoded = event.remove(FIELD);
        if (encoded == null || encoded.isNull()) {
            return;
        }
        if (event.hasNonNull("data")) {
            throw Refusal.invalid(place + "data and data_base64 must not both be given");
        }
        if (!encoded.isString()) {
            throw Refusal.invalid(place + "data_base64 must be a string");
        }
        event.set("data", object(place, encoded.stringValue(), document));
    }

    private static ObjectNode object(String place, String encoded, JsonReader document) {
        try {
            if (document.read(Base64.getDecoder().decode(encoded)) instanceof ObjectNode data) {
                return data;
            }
        } catch (IllegalArgumentException noBase64) {
            throw Refusal.invalid(place + "data_base64 is not Base64");
        } catch (Refusal unreadable) {
            throw Refusal.invalid(place + "data_base64: " + unreadable.detail());
        }
        throw Refusal.invalid(place + "data_base64 must hold a JSON object");
    }
}
