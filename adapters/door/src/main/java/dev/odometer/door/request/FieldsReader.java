package dev.odometer.door.request;

import dev.odometer.door.json.JsonReader;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds an input from path, query, headers and the members of the body, which cannot replace those of the others. */
record FieldsReader(
        Route route, List<Field> fields, @Nullable JsonReader document, JsonReader input) implements InputReader {

    @Override
    public Object read(MatchedRequest request) {
        ObjectNode members = document == null ? JsonNodeFactory.instance.objectNode() : body(document, request);
        if (route.strict()) {
            refuseFields(members);
        }
        // Also if it is absent from its place: a gateway may vouch for a header, and not for the body.
        fields.forEach(field -> members.remove(field.input().field()));
        fields.forEach(field ->
                field.read(request).ifPresent(value -> members.set(field.input().field(), value)));
        return input.bind(members);
    }

    /** A member of the body that is read from another place has no effect. */
    private void refuseFields(ObjectNode members) {
        for (Field field : fields) {
            if (members.has(field.input().field())) {
                throw Refusal.invalid("unknown field: " + field.input().field());
            }
        }
    }

    private ObjectNode body(JsonReader reader, MatchedRequest request) {
        if (request.body().length == 0) {
            if (route.body() == Body.OPTIONAL_FIELDS) {
                return JsonNodeFactory.instance.objectNode();
            }
            throw Refusal.invalid("a JSON body is required");
        }
        request.checkContentType(route.consumes());
        if (reader.read(request.body()) instanceof ObjectNode members) {
            return members;
        }
        throw Refusal.invalid("the JSON body must be an object");
    }
}
