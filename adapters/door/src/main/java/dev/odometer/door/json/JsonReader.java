package dev.odometer.door.json;

import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.deser.DeserializationProblemHandler;

/** Reads values of one type. Errors in the JSON become a {@link Refusal} that names the place. Thread-safe. */
public final class JsonReader {

    private final ObjectReader reader;

    JsonReader(ObjectReader reader) {
        this.reader = reader;
    }

    public Object read(byte[] document) {
        Utf8.check(document);
        try (JsonParser parser = reader.createParser(document)) {
            return read(parser);
        }
    }

    public Object read(String document) {
        return read(document.getBytes(StandardCharsets.UTF_8));
    }

    /** Binds a tree to the type. */
    public Object bind(JsonNode tree) {
        try (JsonParser parser = reader.treeAsTokens(tree)) {
            return read(parser);
        }
    }

    private Object read(JsonParser parser) {
        try {
            if (parser.nextToken() == null) {
                throw Refusal.invalid("a JSON body is required");
            }
            Object value = reader.readValue(parser);
            if (parser.nextToken() != null) {
                throw Refusal.invalid("invalid JSON: unexpected content after the document");
            }
            if (value == null) {
                throw Refusal.invalid("the JSON body must not be null");
            }
            return value;
        } catch (JacksonException failure) {
            throw JsonRefusal.from(failure, parser);
        } catch (NumberFormatException | ArithmeticException outOfRange) {
            // A BigDecimal's exponent has 32 bits; Jackson does not wrap the exception of a larger one.
            throw JsonRefusal.exponent(parser);
        }
    }

    /** A copy with a handler for problems such as unknown fields. */
    public JsonReader with(DeserializationProblemHandler handler) {
        return new JsonReader(reader.withHandler(handler));
    }

    /** A copy with an attribute in the context that problem handlers get. */
    public JsonReader with(Object key, Object value) {
        return new JsonReader(reader.withAttribute(key, value));
    }
}
