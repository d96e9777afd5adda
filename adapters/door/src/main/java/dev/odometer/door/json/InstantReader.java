package dev.odometer.door.json;

import dev.odometer.functions.text.Rfc3339;
import java.time.Instant;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads only RFC 3339 times; Jackson's own reader accepts numbers and other formats. */
final class InstantReader extends StdScalarDeserializer<Instant> {

    InstantReader() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (Instant) context.handleUnexpectedToken(Instant.class, parser);
        }
        String text = parser.getString();
        Instant time = Rfc3339.parse(text);
        if (time == null) {
            throw context.weirdStringException(text, Instant.class, "not an RFC 3339 time");
        }
        return time;
    }
}
