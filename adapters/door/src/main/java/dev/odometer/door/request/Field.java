package dev.odometer.door.request;

import dev.odometer.door.json.Json;
import dev.odometer.door.json.JsonReader;
import dev.odometer.door.json.TextNode;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Input;
import dev.odometer.functions.route.Route;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A field of an input that is read from the path, the query or a header. */
record Field(Input input, JavaType type, JsonReader document) {

    static Field of(Route route, Input input, JavaType record, Json json) {
        JavaType type = record.isMapLikeType() ? record.getContentType() : component(route, input, record, json);
        return new Field(input, type, json.reader());
    }

    private static JavaType component(Route route, Input input, JavaType record, Json json) {
        return Arrays.stream(record.getRawClass().getRecordComponents())
                .filter(component -> component.getName().equals(input.field()))
                .findFirst()
                .map(component -> json.type(component.getGenericType()))
                .orElseThrow(() -> InputReaders.unfit(route, "its input has no field " + input.field()));
    }

    /** The field's value in a request, as JSON; empty if the request does not have it. */
    Optional<JsonNode> read(MatchedRequest request) {
        return switch (input.source()) {
            case PATH ->
                Optional.ofNullable(request.fields().get(input.field())).map(this::node);
            case QUERY -> single(request).map(this::node);
            case QUERY_LIST -> present(request.query().all(input.field())).map(all -> list(all, element(type)));
            case QUERY_MAP -> map(request.query().map(input.field()));
            case QUERY_JSON -> single(request).map(this::parse);
            case HEADER -> request.header().apply(input.field()).map(this::node);
        };
    }

    private JsonNode node(String text) {
        return TextNode.of(input.field(), text, type);
    }

    private ArrayNode list(List<String> texts, JavaType element) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        texts.forEach(text -> list.add(TextNode.of(input.field(), text, element)));
        return list;
    }

    private Optional<JsonNode> map(Map<String, List<String>> entries) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        JavaType content = type.isMapLikeType() ? type.getContentType() : type;
        entries.forEach((key, values) -> map.set(
                key,
                content.isCollectionLikeType()
                        ? list(values, element(content))
                        : TextNode.of(input.field(), only(input.field() + "[" + key + "]", values), content)));
        return Optional.of(map);
    }

    private JsonNode parse(String text) {
        try {
            return (JsonNode) document.read(text);
        } catch (Refusal refusal) {
            throw refusal.at(input.field());
        }
    }

    private static JavaType element(JavaType type) {
        return type.isCollectionLikeType() ? type.getContentType() : type;
    }

    private Optional<String> single(MatchedRequest request) {
        return present(request.query().all(input.field())).map(values -> only(input.field(), values));
    }

    /** The value of a parameter with one value. No order of repeated values is reliable across gateways. */
    private static String only(String parameter, List<String> values) {
        if (values.size() > 1) {
            throw Refusal.invalid(Refusal.quote(parameter) + " must be given at most once: "
                    + values.stream().map(Refusal::quote).collect(Collectors.joining(", ")));
        }
        return values.get(0);
    }

    private static Optional<List<String>> present(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }
}
